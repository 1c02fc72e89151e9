//! Import and export: dry runs, saved mappings, undo.
