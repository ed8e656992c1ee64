"""The shell of every page: guards, forms, errors, filters, navigation; it knows no feature."""
