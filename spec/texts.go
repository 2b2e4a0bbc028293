package spec

// AppendTexts appends texts to arguments, as append does one by one, with one
// allocation for all of them: an interface that holds a text is two words and needs
// somewhere to put the text's own. It is for code that hands the values of
// specifications to a database.
func AppendTexts(args []any, texts ...string) []any { return appendTexts(args, texts) }
