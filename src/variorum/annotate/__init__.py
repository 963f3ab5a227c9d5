"""What one article says: sentences, names, quotations, figures, dates, labels, credits."""
