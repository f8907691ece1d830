"""The groups' workbooks put together: three states of every cell, and conflicts."""
