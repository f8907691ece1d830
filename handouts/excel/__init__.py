"""The door to the Excel libraries; importing a module of this package loads one, so import it where it is needed."""
