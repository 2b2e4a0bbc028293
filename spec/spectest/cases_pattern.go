package spectest

import "github.com/rolespec/rolespec/spec"

var patternCases = []Case{
	ask("a pattern", "it matches from the start, and need not reach the end", spec.Matches("name", "ab"), each("name", "abc", "xab", "AB", "ab", nil), "TFFTU"),
	ask("a pattern to the end", "MariaDB's $ matches before a final line break", spec.Matches("name", "ab$"), each("name", "ab", "ab\n", "abc"), "TFF"),
	ask("a dot", "it is every character but a line break; PostgreSQL's is every one", spec.Matches("name", "a.b"), each("name", "axb", "a\nb", "a😀b", "ab"), "TFTF"),
	ask("a dot over lines", "(?s)", spec.Matches("name", "(?s)a.b"), each("name", "axb", "a\nb"), "TT"),
	ask("a pattern of choices", "the anchor belongs to both", spec.Matches("name", "a|b"), each("name", "a", "b", "xb", "xa"), "TTFF"),
	ask("an empty pattern", "it matches every text", spec.Matches("name", ""), each("name", "", "a", nil), "TTU"),
	ask("classes are those of ASCII", `\d in MariaDB matches the digits of every script`, spec.Matches("name", `\d`), each("name", "7", "٣", "a"), "TFF"),
	ask("words are those of ASCII", `\w matches é in a database of a language`, spec.Matches("name", `\w$`), each("name", "a", "é", "_"), "TFT"),
	ask("spaces are those of ASCII", "NBSP is none", spec.Matches("name", `\s`), each("name", " ", "\t", "\u00a0"), "TTF"),
	ask("a pattern without case", "(?i)k is K, k and the Kelvin sign", spec.Matches("name", "(?i)k$"), each("name", "k", "K", "\u212a", "c"), "TTTF"),
	ask("a pattern with case", "a collation that folds makes REGEXP fold", spec.Matches("name", "abc$"), each("name", "abc", "ABC"), "TF"),
	ask("a negated class", "it matches line breaks", spec.Matches("name", "[^a]"), each("name", "b", "\n", "a", ""), "TTFF"),
	ask("a class beyond the BMP", "bytes are not characters", spec.Matches("name", "[😀-😂]$"), each("name", "😁", "😀", "a"), "TTF"),
	ask("counted", "{1,2}", spec.Matches("name", "a{1,2}b"), each("name", "ab", "aab", "aaab", "b"), "TTFF"),
	ask("quoted", `\Q..\E is literal`, spec.Matches("name", `\Qa.b\E`), each("name", "a.b", "axb"), "TF"),
	ask("a script", `\p{Greek}`, spec.Matches("name", `\p{Greek}`), each("name", "α", "a"), "TF"),
	ask("a backslash in a pattern", "escapes of the engine's literals", spec.Matches("name", `a\\b`), each("name", `a\b`, "ab", `a\\b`), "TFF"),
	ask("does not match", "negated; null stays unknown", spec.Not(spec.Matches("name", "a")), each("name", "a", "b", nil), "FTU"),
}

var pathCases = []Case{
	ask("under", "the path itself and what is below it", spec.Under("path", "1.2"), each("path", "1.2", "1.2.3", "1.20", "1", "2.1.2", nil), "TTFFFU"),
	ask("under a label", "label by label: a.bc is not under a.b", spec.Under("path", "a.b"), each("path", "a.b", "a.b.c", "a.bc", "a.B.c", "a"), "TTFFF"),
	ask("under with an underscore", "LIKE takes it for any character", spec.Under("path", "a_b"), each("path", "a_b", "a_b.c", "axb.c", "axb"), "TTFF"),
	ask("nearly under", "a path is what it is: other separators are none", spec.Under("path", "1.2"), each("path", "1.2/3", "1.2-3", "1.2 ", "1.2."), "FFFT"),
	ask("not under", "negated", spec.Not(spec.Under("path", "1")), each("path", "1", "1.2", "10", "", nil), "FFTTU"),
	ask("under null", "unknown", spec.Under("path", spec.Null), each("path", "1", nil), "UU"),
	ask("under, in a tree", "ltree has an operator for it", spec.Under("tree", "a.b"), each("tree", "a.b", "a.b.c", "a.bc", "a", "A.b.c", nil), "TTFFFU"),
	ask("equal, in a tree", "case counts", spec.Eq("tree", "a.b"), each("tree", "a.b", "A.b", "a", nil), "TFFU"),
	ask("in, in a tree", "lists of paths", spec.In("tree", "a", "a.b"), each("tree", "a.b", "a", "b", nil), "TTFU"),
	ask("distinct, in a tree", "null counts", spec.Distinct("tree", "a"), each("tree", "a", "b", nil), "FTT"),
	ask("under with a hyphen", "ltree of PostgreSQL 15 has no hyphens: in text there are", spec.Under("path", "a-b"), each("path", "a-b.c", "a.b", "a-b"), "TFT"),
}
