package agree_test

import (
	"github.com/rolespec/rolespec/spec"
)

var (
	someJobs = spec.Eq("account", 7)
	fewSteps = spec.Any("steps", spec.Eq("words", "words77"))
)

// jobCases are asked twice where that can be: of jobs that an index finds (outer),
// and of related rows that one finds (inner).
var jobCases = []planCase{
	{"any inner", fewSteps},
	{"any inner list", spec.Any("steps", spec.In("words", "words77", "words78"))},
	{"any outer", someJobs.And(spec.Any("steps", spec.HasSuffix("words", "7")))},
	{"any both", someJobs.And(fewSteps)},
	{"any or", spec.Or(someJobs, fewSteps)},
	{"any or any", spec.Or(fewSteps, spec.Any("guilds", spec.Eq("id", 7)))},
	{"any or outer", someJobs.And(spec.Or(spec.Eq("title", "title7"), spec.Any("steps", spec.HasSuffix("words", "7"))))},
	{"any much", spec.Any("steps", spec.HasSuffix("words", "7"))},
	{"any and any", fewSteps.And(spec.Any("guilds", spec.HasSuffix("name", "7")))},
	{"any at all outer", someJobs.And(spec.Any("steps", spec.All()))},
	{"not any", spec.Not(fewSteps)},
	{"not any outer", someJobs.And(spec.Not(fewSteps))},
	{"not any much outer", someJobs.And(spec.Not(spec.Any("steps", spec.HasSuffix("words", "7"))))},
	{"every", spec.Every("steps", spec.Eq("words", "words77"))},
	{"every outer", someJobs.And(spec.Every("steps", spec.Eq("words", "words77")))},
	{"not every outer", someJobs.And(spec.Not(spec.Every("steps", spec.Ne("words", "words77"))))},

	{"to one inner", spec.Eq("owner.name", "worker77")},
	{"to one inner list", spec.In("owner.name", "worker77", "worker78")},
	{"to one inner key", spec.Eq("owner.id", 77)},
	{"to one outer", someJobs.And(spec.HasSuffix("owner.name", "7"))},
	{"to one or", spec.Or(someJobs, spec.Eq("owner.name", "worker77"))},
	{"path inner", spec.Eq("owner.boss.name", "worker77")},
	{"path outer", someJobs.And(spec.HasSuffix("owner.boss.name", "7"))},
	{"null", spec.IsNull("owner.name")},
	{"null outer", someJobs.And(spec.IsNull("owner.name"))},
	{"null not outer", someJobs.And(spec.NotNull("owner.boss.name"))},
	{"distinct outer", someJobs.And(spec.Distinct("owner.name", "worker77"))},
	{"two fields outer", someJobs.And(spec.Eq("id", spec.Ref("owner.boss.id")))},

	{"many inner", spec.Any("guilds", spec.Eq("name", "guild77"))},
	{"many inner key", spec.Any("guilds", spec.Eq("id", 77))},
	{"many inner keys", spec.Any("guilds", spec.In("id", 77, 78, 79))},
	{"many outer", someJobs.And(spec.Any("guilds", spec.HasSuffix("name", "7")))},
	{"many or", spec.Or(spec.Eq("title", "title7"), spec.Any("guilds", spec.In("id", 77, 78)))},
	{"many not outer", someJobs.And(spec.Not(spec.Any("guilds", spec.HasSuffix("name", "7"))))},
	{"many every outer", someJobs.And(spec.Every("guilds", spec.HasSuffix("name", "7")))},
	{"many every", spec.Every("guilds", spec.HasSuffix("name", "7"))},
	{"many many outer", someJobs.And(spec.Any("guilds", spec.Eq("id", 1)), spec.Any("guilds", spec.Eq("id", 2)), spec.Any("guilds", spec.Eq("id", 3)),
		spec.Any("guilds", spec.Eq("id", 4)), spec.Any("guilds", spec.Eq("id", 5)))},

	{"two keys inner", spec.Any("marks", spec.Eq("name", "mark77"))},
	{"two keys outer", someJobs.And(spec.Any("marks", spec.HasSuffix("name", "7")))},
	{"two keys not outer", someJobs.And(spec.Not(spec.Any("marks", spec.HasSuffix("name", "7"))))},

	{"tree up inner", spec.Eq("parent.title", "title77")},
	{"tree up outer", someJobs.And(spec.HasSuffix("parent.title", "7"))},
	{"tree down inner", spec.Any("parts", spec.Eq("title", "title77"))},
	{"tree down outer", someJobs.And(spec.Any("parts", spec.HasSuffix("title", "7")))},
	{"tree deep inner", spec.Any("parts", spec.Any("parts", spec.Eq("title", "title77")))},
	{"tree deep outer", someJobs.And(spec.Any("parts", spec.Any("parts", spec.HasSuffix("title", "7"))))},

	{"behind inner", spec.Any("steps", spec.Eq("author.name", "worker77"))},
	{"behind inner and", spec.Any("steps", spec.And(spec.HasPrefix("words", "w"), spec.Eq("author.name", "worker77")))},
	{"behind outer", someJobs.And(spec.Any("steps", spec.HasSuffix("author.name", "7")))},
	{"through inner", spec.Any("owner.guilds", spec.Eq("name", "guild77"))},
	{"through outer", someJobs.And(spec.Any("owner.guilds", spec.HasSuffix("name", "7")))},
	{"through not outer", someJobs.And(spec.Not(spec.Any("owner.guilds", spec.HasSuffix("name", "7"))))},
}

// jobWalks are the questions for which jobs are walked.
var jobWalks = []planWalk{
	{"sqlite", "any much|not any|every|null|many every", "t", "nearly every row has to be looked at"},
	{"postgres mariadb", "not any", "t", "nearly every row has to be looked at"},
	{"postgres mariadb", "any much|every|null", "rolespec_1 t", "nearly every row of both has to be looked at"},
	{"postgres", "many every", "rolespec_1 rolespec_2 t", "nearly every row of all has to be looked at"},
	{"mariadb", "many every", "rolespec_2 t", "nearly every row of all has to be looked at"},
	{"postgres mariadb", "any or|any or any|to one or|many or", "t", "what is asked of related rows is asked of every row under OR"},
}

// oneJob are questions about the one job that a key finds: what they ask of related rows
// may be of many.
var oneJob = []planCase{
	{"one any", spec.Eq("id", 7).And(fewSteps)},
	{"one any deep", spec.Eq("id", 7).And(spec.Any("parts", spec.Any("steps", spec.Eq("words", "words77"))))},
	{"one many", spec.Eq("id", 7).And(spec.Any("guilds", spec.Eq("id", 77)))},
	{"one two keys", spec.Eq("id", 7).And(spec.Any("marks", spec.Eq("name", "mark77")))},
	{"one to one", spec.Eq("id", 7).And(spec.Eq("owner.name", "worker77"))},
	{"one behind", spec.Eq("id", 7).And(spec.Any("steps", spec.Eq("author.name", "worker77")))},
	{"one or", spec.Eq("id", 7).And(spec.Or(spec.Eq("title", "title8"), fewSteps))},
}
