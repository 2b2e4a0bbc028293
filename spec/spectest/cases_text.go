package spectest

import "github.com/rolespec/rolespec/spec"

var textCases = []Case{
	ask("texts are their bytes", "the usual collation of MariaDB folds case and accents and drops trailing blanks", spec.Eq("name", "abc"), each("name", "abc", "ABC", "äbc", "abc ", " abc", nil), "TFFFFU"),
	ask("unequal texts", "what a collation thinks equal is not unequal to it", spec.Ne("name", "abc"), each("name", "abc", "ABC", "abc ", nil), "FTTU"),
	ask("trailing blanks", "PAD SPACE: 'a' = 'a  ' in most collations of MariaDB, and in char(n) everywhere", spec.Eq("name", "a"), each("name", "a", "a ", "a\t", "a\u00a0"), "TFFF"),
	ask("the empty text and blanks", "'' = ' ' in a padded collation", spec.Eq("name", ""), each("name", "", " ", "  ", nil), "TFFU"),
	ask("accents", "accent-insensitive collations", spec.Eq("name", "é"), each("name", "é", "e", "É"), "TFF"),
	ask("composed and decomposed", "no normalisation: they are other bytes", spec.Eq("name", "é"), each("name", "é", "e\u0301"), "TF"),
	ask("sharp s", "ß = ss in the collations of German and in UCA", spec.Eq("name", "ß"), each("name", "ß", "ss", "s", "ẞ"), "TFFF"),
	ask("emoji", "utf8mb4_general_ci thinks all of them equal", spec.Eq("name", "😀"), each("name", "😀", "😁", "?"), "TFF"),
	ask("what cannot be seen", "zero-width space and soft hyphen have no weight in UCA", spec.Eq("name", "abc"), each("name", "abc", "ab\u200bc", "a\u00adbc"), "TFF"),
	ask("the Kelvin sign", "it folds to k", spec.Eq("name", "k"), each("name", "k", "K", "\u212a"), "TFF"),
	ask("digits are text", "'007' is not 7 for a column of text, whatever its affinity", spec.Eq("name", "7"), each("name", "7", "007", "7.0", " 7"), "TFFF"),
	ask("words of the language", "NULL, true and None are texts as others are", spec.Eq("name", "NULL"), each("name", "NULL", "null", nil), "TFU"),
	ask("quotes", "a value is an argument, never text of the statement", spec.Eq("name", "''; DROP TABLE rows; --"), each("name", "''; DROP TABLE rows; --", "'", nil), "TFU"),
	ask("placeholders in a value", "$1 and ? are texts", spec.In("name", "$1", "?", ":a"), each("name", "$1", "?", ":a", "1"), "TTTF"),
	ask("backslash", "an escape of MariaDB's literals", spec.Eq("name", `a\b`), each("name", `a\b`, `a\\b`, "a\b", "ab"), "TFFF"),
	ask("line breaks", "they are bytes too", spec.Eq("name", "a\nb"), each("name", "a\nb", "a\r\nb", `a\nb`), "TFF"),
}

var sealedCases = []Case{
	ask("equal, sealed", "a column that is encrypted: the value is sealed as well", spec.Eq("sealed", "a"), each("sealed", "a", "A", "a ", "", nil), "TFFFU"),
	ask("unequal, sealed", "codes differ where values do", spec.Ne("sealed", "a"), each("sealed", "a", "b", nil), "FTU"),
	ask("in, sealed", "every element is", spec.In("sealed", spec.Of("a"), spec.Of(""), spec.Null), each("sealed", "a", "", "b", nil), "TTUU"),
	ask("distinct, sealed", "null is not sealed", spec.Distinct("sealed", "a"), each("sealed", "a", "b", nil), "FTT"),
	ask("null, sealed", "nor is what is missing", spec.IsNull("sealed"), each("sealed", "", nil), "FT"),
}

var orderCases = []Case{
	ask("order of texts", "byte by byte: upper case before lower, which no language does", spec.Lt("name", "a"), each("name", "B", "Z", "a", "b", nil), "TTFFU"),
	ask("order beyond ASCII", "ä is after z", spec.Gt("name", "z"), each("name", "ä", "y", "zz", "Z"), "TFTF"),
	ask("order and punctuation", "a collation passes over it at first", spec.Lt("name", "a-c"), each("name", "ab", "a-b", "a c", "a.c"), "FTTF"),
	ask("order and length", "a prefix comes first", spec.Lte("name", "ab"), each("name", "a", "ab", "abc", "ab ", ""), "TTFFT"),
	ask("order and trailing blanks", "a padded collation says 'ab\\t' < 'ab'", spec.Gt("name", "ab"), each("name", "ab\t", "ab ", "ab", "ab\x01"), "TTFT"),
	ask("order of code points", "in UTF-16 U+FFEE comes after U+1F600", spec.Lt("name", "\U0001F600"), each("name", "\uffee", "\U0001F601", "\ue000"), "TFT"),
	ask("between texts", "a range of a language has other rows in it", spec.Between("name", "a", "c"), each("name", "a", "B", "b", "c", "ca", "ä"), "TFTTFF"),
	ask("digits in order", "as texts, 10 comes before 9", spec.Lt("name", "9"), each("name", "10", "9", "90"), "TFF"),
}

var partCases = []Case{
	ask("contains", "byte for byte", spec.Contains("name", "bc"), each("name", "abcd", "aBCd", "bc", "b c", nil), "TFTFU"),
	ask("contains nothing", "the empty text is in every text", spec.Contains("name", ""), each("name", "", "a", nil), "TTU"),
	ask("does not contain", "unknown for null", spec.Not(spec.Contains("name", "a")), each("name", "a", "b", "A", nil), "FTTU"),
	ask("prefix", "case and accents count", spec.HasPrefix("name", "ab"), each("name", "abc", "ABC", "xab", "ab", "a", "äbc", nil), "TFFTFFU"),
	ask("prefix of nothing", "every text begins so", spec.HasPrefix("name", ""), each("name", "", "a", nil), "TTU"),
	ask("prefix longer than the text", "it does not", spec.HasPrefix("name", "abc"), each("name", "ab", "abc", "abcd"), "FTT"),
	ask("prefix with a blank at its end", "a padded collation drops it", spec.HasPrefix("name", "ab "), each("name", "ab c", "abc", "ab", "ab "), "TFFT"),
	ask("prefix before emoji", "MariaDB's index loses what comes after U+FFFF under LIKE", spec.HasPrefix("name", "x"), each("name", "x😀", "x\t", "x\n", "y"), "TTTF"),
	ask("prefix before the surrogates", "the next text after U+D7FF is U+E000", spec.HasPrefix("name", "\ud7ff"), each("name", "\ud7ff", "\ud7ffa", "\ue000"), "TTF"),
	ask("prefix of the last code point", "there is no next text", spec.HasPrefix("name", "\U0010ffff"), each("name", "\U0010ffff", "\U0010ffffa", "a"), "TTF"),
	ask("prefix, carried", "the text after a, last code point is b", spec.HasPrefix("name", "a\U0010ffff"), each("name", "a\U0010ffffx", "b", "a"), "TFF"),
	ask("not a prefix", "a negated range is two", spec.Not(spec.HasPrefix("name", "ab")), each("name", "abc", "aa", "ac", "AB", nil), "FTTTU"),
	ask("suffix", "case counts", spec.HasSuffix("name", "bc"), each("name", "abc", "ABC", "bcd", "bc", "c", nil), "TFFTFU"),
	ask("suffix of nothing", "every text ends so", spec.HasSuffix("name", ""), each("name", "", "a", nil), "TTU"),
	ask("suffix with blanks", "trailing blanks count", spec.HasSuffix("name", "c"), each("name", "abc", "abc ", "abc\n"), "TFF"),
	ask("suffix of several bytes", "characters and bytes are counted apart", spec.HasSuffix("name", "語"), each("name", "日本語", "日本", "語"), "TFT"),
	ask("contains over a boundary of bytes", "part of a character is no text", spec.Contains("name", "ä"), each("name", "xäx", "x\u0084x", "Ä"), "TFF"),
	ask("contains what folds", "ASCII-insensitive LIKE", spec.Contains("name", "K"), each("name", "aKb", "akb", "a\u212ab"), "TFF"),
}

var wildcardCases = []Case{
	ask("a percent sign", "LIKE without escaping shows everything", spec.Contains("name", "%"), each("name", "100%", "100", ""), "TFF"),
	ask("an underscore", "it stands for any character in LIKE", spec.Contains("name", "_"), each("name", "a_b", "axb", "_"), "TFT"),
	ask("a backslash at the end", "a pattern that ends in its escape is an error, or matches nothing", spec.Contains("name", `\`), each("name", `a\b`, "ab", `\`), "TFT"),
	ask("an exclamation mark", "the escape has to be escaped", spec.Contains("name", "!"), each("name", "a!b", "ab", "!"), "TFT"),
	ask("an escaped wildcard", "!% is two characters", spec.HasSuffix("name", "!%"), each("name", "a!%", "a%", "a!b"), "TFF"),
	ask("a prefix with wildcards", "a%b", spec.HasPrefix("name", "a%b"), each("name", "a%bc", "axxb", "a%b"), "TFT"),
	ask("a prefix with an underscore", "a_b", spec.HasPrefix("name", "a_"), each("name", "a_b", "axb", "a"), "TFF"),
	ask("a suffix with wildcards", "%b", spec.HasSuffix("name", "%b"), each("name", "a%b", "ab", "b"), "TFF"),
	ask("wildcards of GLOB", "* ? and [ are SQLite's", spec.Contains("name", "*"), each("name", "a*b", "ab", "axb"), "TFF"),
	ask("brackets", "classes of GLOB, and of LIKE in other engines", spec.Contains("name", "[a]"), each("name", "x[a]y", "xay", "[a"), "TFF"),
	ask("a question mark", "squirrel takes it for a placeholder", spec.HasPrefix("name", "?"), each("name", "?a", "xa"), "TF"),
	ask("equal with wildcards", "= has none, LIKE in its place has", spec.Eq("name", "a%"), each("name", "a%", "ab", "a"), "TFF"),
	ask("not containing a wildcard", "the negation hides everything then", spec.Not(spec.Contains("name", "%")), each("name", "100%", "100", nil), "FTU"),
}

var foldCases = []Case{
	ask("equal but for case", "simple folding", spec.EqualFold("name", "Abc"), each("name", "abc", "ABC", "aBc", "äbc", "abc ", nil), "TTTFFU"),
	ask("equal but for case, Greek", "σ, ς and Σ are one", spec.EqualFold("name", "σ"), each("name", "Σ", "ς", "σ", "s"), "TTTF"),
	ask("equal but for case, Kelvin", "K, k and the Kelvin sign are one; lower() does not know", spec.EqualFold("name", "k"), each("name", "K", "\u212a", "k", "c"), "TTTF"),
	ask("equal but for case, long s", "ſ folds to s", spec.EqualFold("name", "S"), each("name", "s", "ſ", "ss"), "TTF"),
	ask("equal but for case, sharp s", "ß does not fold to ss, and does to ẞ", spec.EqualFold("name", "ß"), each("name", "ß", "ẞ", "ss", "SS"), "TTFF"),
	ask("equal but for case, Turkish", "i and I are one, ı and İ are themselves", spec.EqualFold("name", "i"), each("name", "I", "i", "ı", "İ"), "TTFF"),
	ask("equal but for case, wildcards", "patterns are made of it on some engines", spec.EqualFold("name", "a.b*"), each("name", "A.B*", "axb", "a.bb"), "TFF"),
	ask("equal but for case, nothing", "the empty text equals itself alone", spec.EqualFold("name", ""), each("name", "", " ", nil), "TFU"),
	ask("contains but for case", "anywhere", spec.ContainsFold("name", "bC"), each("name", "aBcd", "abd", "BC", nil), "TFTU"),
	ask("contains but for case, wildcards", "% and _ are themselves", spec.ContainsFold("name", "A%"), each("name", "xa%y", "xay", "a_"), "TFF"),
	ask("contains but for case, brackets", "classes are made of it", spec.ContainsFold("name", "[k]^-"), each("name", "x[K]^-", "k", "[k"), "TFF"),
	ask("contains nothing but for case", "it is in every text", spec.ContainsFold("name", ""), each("name", "", "a", nil), "TTU"),
	ask("does not contain but for case", "negated", spec.Not(spec.ContainsFold("name", "k")), each("name", "\u212a", "c", nil), "FTU"),
}
