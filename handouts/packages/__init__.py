"""Packages of Office: what may be opened, their parts, and what refers to what; the same for workbooks and documents."""
