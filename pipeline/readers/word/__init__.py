"""What Word and WPS write: .docx, the older .doc and .wps, .rtf."""
