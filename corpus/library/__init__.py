"""The library of reports in a data folder: records, versions, copies of files, and what changes them."""
