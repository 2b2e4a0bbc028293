package spec

// Limits of the JSON of one specification. What is beyond is an error, both when
// it is read and when it is written, so that what is written can be read. Within
// them reading takes less memory than ten times MaxJSON, whatever the text.
const (
	// MaxJSON is its longest text, in bytes.
	MaxJSON = 4 << 20
	// MaxJSONNodes is the most specifications it holds, itself and all inside it.
	MaxJSONNodes = 10_000
	// MaxJSONElements is the most elements its lists have, all together.
	MaxJSONElements = 100_000
)

// jsonNames are the operators of leaves as JSON and lookups write them: as
// fractal-specifications does where it has the operator.
var jsonNames = [...]string{
	OpEq: "eq", OpNe: "neq", OpLt: "lt", OpLte: "lte", OpGt: "gt", OpGte: "gte",
	OpDistinct: "distinct", OpIn: "in", OpIsNull: "isnone", OpContains: "contains",
	OpHasPrefix: "startswith", OpHasSuffix: "endswith", OpMatches: "matches",
	OpOverlaps: "overlaps", OpUnder: "under", OpEqualFold: "equalfold", OpContainsFold: "containsfold",
}

// leafOps are the operators by their name, and by the symbols that
// fractal-specifications reads as well.
var leafOps = func() map[string]Op {
	byName := make(map[string]Op)
	for op := OpEq; int(op) < len(jsonNames); op++ {
		byName[jsonNames[op]] = op
	}
	for op := OpEq; op <= OpGte; op++ {
		byName[op.Symbol()] = op
	}
	return byName
}()

// jsonTags name the kinds that JSON has no literal for: {"date":"2024-07-01"}.
var jsonTags = [...]string{
	KindDecimal: "decimal", KindBytes: "bytes", KindTime: "time", KindDate: "date",
	KindUUID: "uuid", KindVariable: "var", KindField: "field",
}

// tagKinds are the kinds by their tag.
var tagKinds = func() map[string]Kind {
	byTag := make(map[string]Kind)
	for kind, tag := range jsonTags {
		if tag != "" {
			byTag[tag] = Kind(kind)
		}
	}
	return byTag
}()

// jsonKey is a key of an object that is a specification.
type jsonKey uint8

const (
	keyOp jsonKey = iota
	keyField
	keyValue
	keySpecs
	keySpec
	keyRelation
	jsonKeyCount
)

var jsonKeyNames = [jsonKeyCount]string{
	keyOp: "op", keyField: "field", keyValue: "value", keySpecs: "specs", keySpec: "spec", keyRelation: "relation",
}

// keySet is a set of keys.
type keySet uint8

func setOf(keys ...jsonKey) (set keySet) {
	for _, k := range keys {
		set |= 1 << k
	}
	return set
}

func (s keySet) has(k jsonKey) bool { return s&(1<<k) != 0 }

// first returns the first key of a set that is not empty.
func (s keySet) first() jsonKey {
	k := keyOp
	for !s.has(k) {
		k++
	}
	return k
}
