"""What may be opened, and cells as they stand: the only reader of workbooks."""
