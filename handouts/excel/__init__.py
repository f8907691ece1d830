"""The door to the Excel libraries: openpyxl marks, XlsxWriter writes; a module loads one, so import it where it is needed."""
