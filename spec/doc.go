// Package spec builds and evaluates specifications: predicates over the rows of
// a table that mean the same in memory, in SQL and in a file.
//
//	mine := spec.Eq("account_id", 7).And(spec.IsNull("deleted_at"))
//	visible, err := spec.Filter(mine, tasks)
//
// A [Specification] is an immutable value. The zero Specification is [None]: it
// matches nothing. Package sqlspec compiles one to a WHERE, package roles finds
// the one that applies to a caller. This package imports only the standard
// library and does no IO.
//
// # Logic
//
// Evaluation is three-valued, as in SQL (ISO/IEC 9075, Kleene's logic): true,
// false, unknown. A row is visible only where the specification is true.
//
//	And    T F U     Or    T F U     Not
//	T      T F U     T     T T T     T  F
//	F      F F F     F     T F U     F  T
//	U      U F U     U     T U U     U  U
//
// A comparison is unknown where the field is null or missing, where the value is
// null, where the two are of different kinds, and for In where the value is no
// member of a list that holds a null. Only [IsNull] and [Distinct] speak of null;
// both are never unknown for a null field. So a gap in the data never makes a row
// visible, not even under [Not].
//
// The empty cases: And() is All, Or() is None, In of nothing is None, NotIn of
// nothing is All.
//
// # Kinds
//
// A value has one of the kinds below, and so has every field of a struct or of a
// declared [Schema]. A value is converted to the kind of its field only where
// nothing is lost; otherwise it is refused when the specification is compiled.
//
//	kind     Go types of a field                      values it accepts
//	bool     bool                                     bool; false < true
//	int      int, int8 ... int64, uint8 ... uint32    integers, exact; also 7.0
//	uint     uint, uint64                             the same
//	float    float64, float32                         finite; an integer if exact
//	decimal  Decimal, string tagged decimal           integers, decimals, floats
//	string   string, encoding.TextMarshaler           UTF-8 without NUL, to 16 kB
//	bytes    []byte                                   []byte
//	time     time.Time                                instants, cut to microseconds
//	date     Date, string tagged date                 Date
//	uuid     [16]byte, string tagged uuid             [16]byte
//	list     slices and arrays of the above           a value, for Contains
//
// Text that is a valid instant (RFC 3339), date, UUID or decimal is accepted for
// a field of that kind, since JSON has no other way to write one. Nothing else is
// ever parsed or coerced.
//
// Numbers of different kinds compare by what they are worth, exactly: 2^53+1 is
// not the float 2^53. A float that is an integer stands for that integer; any
// other stands for its shortest decimal text, so 0.1 equals the decimal 0.1.
// Text is compared by its bytes: no case folding, no accents, no trailing blanks,
// no normalisation. Lists compare element by element and then by their length, as
// arrays do in PostgreSQL: there, and only there, null equals null and comes last.
//
// Case, where [EqualFold] and [ContainsFold] pass over it, is that of Unicode's
// simple folding, rune by rune (CaseFolding.txt, statuses C and S), in no language.
// Paths, for [Under], are labels joined by dots and compared label by label.
//
// A value can be another field of the row: Eq("created_by", Ref("approved_by")).
// The two must be of one kind, and not lists.
//
// A row may hold what no value can: an infinite float, which orders as IEEE 754
// says; not-a-number, which is not null and compares with nothing; text of any
// length.
//
// # Fields of a struct
//
// A field is named by its tag `spec`, else `db`, else `json`, else by its Go name
// in snake case. `spec:"-"` and `db:"-"` leave it out. Pointers, sql.Null[T],
// sql.NullString and whatever else is a value with a Valid flag are nullable.
// The fields of an embedded struct are promoted as in Go, those of a nested one
// are reached by a dot: address.city, null where a pointer on the way is nil.
// The tag can declare a kind or the labels of an enum:
//
//	Price  string `spec:"price,decimal"`
//	Status string `spec:"status,enum=open|done"`
//
// A slice of structs, or of pointers to them, is a relation to many rows, a nested
// struct or a pointer to one a relation to one row. A field of any other type is
// refused when a specification names it.
//
// # Relations
//
// [Any] and [Every] ask about the rows that a row leads to: its comments, its
// groups. Both are two-valued.
//
//	rows of the relation      Any(r, s)   Every(r, s)
//	none                      F           T
//	s is true of one          T           F, if it is not true of another
//	s is true of each         T           T
//	s is unknown of each      F           F
//
// The fields of a relation to one row are also reached by a dot: owner.name, and
// through further relations to one row, owner.boss.name. An absent row has no
// values: its fields are null. What Any and Every ask through an absent row
// ("owner.groups") is unknown, so that neither it nor its negation shows a row;
// asked of the row itself ("owner"), both are false.
//
//	owner is absent           true of the row
//	owner.name == "x"         no; nor is its negation
//	owner.name is None        yes
//	any owner.groups (..)     no; nor is its negation
//	every owner.groups (..)   no; nor is its negation
//	any owner (..)            no; its negation is
//	every owner (..)          no; its negation is
//
// In memory the related rows are nested in the row, and have to be there: a slice
// that was not loaded is empty. Rows that are maps say more: a list that is missing
// or null is unknown. What is no row in a list (a nil pointer, a null) satisfies
// nothing, so Every is false.
//
// # Text form
//
// [Specification.String] and [Format] print a specification, [Parse] reads it:
//
//	account_id == $account && (public == True || owner in ["ann", "bob"])
//
// The grammar, in the notation of the Go specification, blanks and line breaks
// between tokens left out:
//
//	specification = term { "&&" term } | term { "||" term } .
//	term          = "#" | "!#" | group | "!" group | comparison
//	              | ( "any" | "every" ) name group .
//	group         = "(" specification ")" .
//	comparison    = name relation ( value | name )
//	              | name [ "not" ] "in" value
//	              | name lookup value
//	              | name "is" [ "not" ] "None"
//	              | name "is" [ "not" ] "distinct" "from" ( value | name ) .
//	relation      = "==" | "!=" | "<" | "<=" | ">" | ">=" .
//	lookup        = "contains" | "startswith" | "endswith" | "matches" | "overlaps"
//	              | "under" | "equalfold" | "containsfold" .
//	value         = "None" | "True" | "False" | number | text | list | variable
//	              | kind "(" text ")" .
//	kind          = "decimal" | "bytes" | "time" | "date" | "uuid" .
//	list          = "[" [ value { "," value } [ "," ] ] "]" .
//
// Tokens, which have no blanks inside but around the dots of a name:
//
//	name     = word { "." word } | "`" { character | escape } "`" .
//	variable = "$" name .
//	text     = `"` { character | escape } `"` | "'" { character | escape } "'" .
//	number   = [ "+" | "-" ] ( digits [ "." [ digits ] ] | "." digits ) [ exponent ] .
//	exponent = ( "e" | "E" ) [ "+" | "-" ] digits .
//
// A word is of the letters a-z and A-Z, of digits behind the first and of "_"; any
// other name, and a word of the language such as in, date or true, stands in
// backquotes (which may be missing from contains == 1, not from true == 1). The
// escapes are \\ \" \' \` \n \r \t \x41 \u00e9 \U0001f600. A number
// with a point or an exponent is a float, any other an integer; one beyond 64
// bits is a decimal. Bytes are written in base64.
//
// && and || are not mixed without parentheses: some languages read from left to
// right, most by precedence. Text has no comments. A name on the right is another
// field of the row, so a text has to stand in quotes.
//
// # JSON
//
// [Specification.MarshalJSON] and [Specification.UnmarshalJSON] write and read the
// form of fractal-specifications, with the operators that it does not have. Each
// specification has one text, and what is read from it is Equal.
//
//	All, None          {"op":"empty"}  {"op":"none"}
//	Eq Ne Lt Lte       {"op":"eq","field":"a","value":1}  neq lt lte
//	Gt Gte Distinct    gt gte distinct
//	In Overlaps        {"op":"in","field":"a","value":[1,2]}  overlaps
//	IsNull             {"op":"isnone","field":"a","value":null}
//	Contains Matches   {"op":"contains","field":"a","value":"x"}  matches
//	HasPrefix and so   startswith endswith under equalfold containsfold
//	And Or Not         {"op":"and","specs":[...]}  or  {"op":"not","spec":{...}}
//	Any Every          {"op":"any","relation":"r","spec":{...}}  every
//
// A kind that JSON has no literal for is an object of one key:
//
//	null bool string list   null  true  "x"  [1,2]
//	int uint                digits alone, exactly; beyond 64 bits a decimal
//	float                   a number with a point or an exponent: 1.0
//	decimal                 {"decimal":"12.5"}
//	time date uuid          {"time":"2024-07-01T12:00:00Z"}  {"date":"2024-07-01"}  {"uuid":"..."}
//	bytes                   {"bytes":"AP8="}
//	Var, Ref                {"var":"account"}  {"field":"b"}
//
// == != < <= > >= ! & | are read for the operators they stand for, keys in any
// order, isnone without its value, junctions of any length. Nothing else is: an
// unknown key, a key twice, null for a specification and all that is not JSON to
// the letter are a [*DecodeError], and the specification is None. In a struct, a
// field that is absent from the JSON is not read at all: it is None unless it was
// set before.
//
// [FromLookups] and [FromQuery] read conditions that a caller writes, such as
// age__gte=18, of the fields that the program allows and of no others.
//
// # Bounds
//
// A specification is at most [MaxDepth] deep, leads through at most [MaxRelations]
// relations, and a text or bytes value is at most [MaxText] long. A pattern takes
// no longer than a fraction of a second to compile. What is beyond is an error,
// before any row is read. [Parse] has bounds of its own.
//
// JSON is at most [MaxJSON] long and holds at most [MaxJSONNodes] specifications
// and [MaxJSONElements] elements of lists; lists are at most [MaxDepth] deep. Reading
// it takes memory in proportion to its length: about 5 times for conditions and
// texts, 20 times for a list of digits, at the worst 50 times.
package spec
