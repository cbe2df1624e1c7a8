"""What everything else stands on: content, messages, report, tables, formats. Knows no question."""
