package spectest

import "github.com/rolespec/rolespec/spec"

// three is a row of each truth for Eq("whole", 1).
var three = each("whole", 1, 2, nil)

// nine is a row for each pair of truths of Eq("whole", 1) and Eq("whole2", 1).
var nine = number(
	Row{"whole": 1, "whole2": 1}, Row{"whole": 1, "whole2": 2}, Row{"whole": 1},
	Row{"whole": 2, "whole2": 1}, Row{"whole": 2, "whole2": 2}, Row{"whole": 2},
	Row{"whole2": 1}, Row{"whole2": 2}, Row{},
)

var (
	first, second = spec.Eq("whole", 1), spec.Eq("whole2", 1)
)

var logicCases = []Case{
	ask("every row", "the empty specification must not become an empty WHERE", spec.All(), three, "TTT"),
	ask("no row", "the zero specification shows nothing", spec.Specification{}, three, "FFF"),
	ask("not every row", "a negated constant", spec.Not(spec.All()), three, "FFF"),
	ask("a leaf", "a comparison with null is unknown, not false", first, three, "TFU"),
	ask("not a leaf", "a dropped NOT shows the other half; a two-valued one shows the row without a value", spec.Not(first), three, "FTU"),
	ask("not not a leaf", "two negations are none", spec.Not(spec.Not(first)), three, "TFU"),
	ask("and", "Kleene's table: false decides, whatever is unknown", spec.And(first, second), nine, "TFU FFF UFU"),
	ask("or", "Kleene's table: true decides, whatever is unknown", spec.Or(first, second), nine, "TTT TFU TUU"),
	ask("not and", "De Morgan in three values", spec.Not(spec.And(first, second)), nine, "FTU TTT UTU"),
	ask("not or", "De Morgan in three values", spec.Not(spec.Or(first, second)), nine, "FFF FTU FUU"),
	ask("and not", "a condition torn apart binds the NOT to the wrong part", spec.And(first, spec.Not(second)), nine, "FTU FFF FUU"),
	ask("or under and", "a missing parenthesis lets OR reach around AND: the row 1 of three would do",
		spec.And(spec.Eq("flag", true), spec.Or(first, second)),
		number(Row{"flag": true, "whole": 1}, Row{"flag": false, "whole": 1, "whole2": 1}, Row{"flag": false, "whole2": 1}, Row{"flag": true, "whole": 2, "whole2": 2}), "TFFF"),
	ask("and under or", "AND binds before OR in SQL, and from the left in a language that reads so",
		spec.Or(spec.And(first, second), spec.Eq("flag", true)),
		number(Row{"whole": 1, "whole2": 1, "flag": false}, Row{"whole": 1, "whole2": 2, "flag": false}, Row{"whole": 2, "whole2": 2, "flag": true}), "TFT"),
	ask("nothing and its negation", "a row is never in both", spec.And(first, spec.Not(first)), three, "FFU"),
	ask("something or its negation", "the row without a value is in neither", spec.Or(first, spec.Not(first)), three, "TTU"),
	ask("negated junctions, nested", "a NOT pushed to the leaves has to turn every connective on its way",
		spec.Not(spec.Or(spec.And(first, spec.Not(second)), spec.IsNull("whole"))), nine, "TFU TTT FFF"),
	ask("a term twice", "duplicates change nothing", spec.And(first, second, first), nine, "TFU FFF UFU"),
}

var emptyCases = []Case{
	ask("and of nothing", "it is every row", spec.And(), three, "TTT"),
	ask("or of nothing", "an empty Or that becomes TRUE shows everything to a caller without grants", spec.Or(), three, "FFF"),
	ask("not or of nothing", "the negation of no row is every row", spec.Not(spec.Or()), three, "TTT"),
	ask("in nothing", "IN () is a syntax error on most engines", spec.In[int]("whole"), three, "FFF"),
	ask("not in nothing", "it is every row, the row without a value too", spec.NotIn[int]("whole"), three, "TTT"),
	ask("overlaps nothing", "it is no row", spec.Overlaps[string]("names"), each("names", []any{"a"}, []any{}, nil), "FFF"),
	ask("or with an empty or", "an empty part must not be dropped as if it were true", spec.Or(first, spec.Or()), three, "TFU"),
	ask("and with an empty in", "an empty list decides", spec.And(first, spec.In[int]("whole")), three, "FFF"),
	ask("or with every row", "absorbs the rest", spec.Or(first, spec.All()), three, "TTT"),
}
