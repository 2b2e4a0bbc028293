package rolespec

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// The example of the README about JSON and callers' filters, letter for letter.
func asked(mine spec.Specification, r *http.Request, inMemory []Task) ([]Task, error) {
	// readme:json
	text, err := json.Marshal(mine) // {"op":"and","specs":[{"op":"eq","field":"account","value":"a"}, ...
	if err != nil {
		return nil, err
	}
	var kept spec.Specification
	if err := json.Unmarshal(text, &kept); err != nil {
		return nil, err // errors.Is(err, spec.ErrDecode), and where: $.specs[1].value
	}
	// ?created_by=ann&title__contains=report
	query, err := url.ParseQuery(r.URL.RawQuery) // r.URL.Query() leaves out what it cannot read
	if err != nil {
		return nil, err // 400
	}
	wanted, err := spec.FromQuery(query, tasks.Schema(), "created_by", "title")
	if err != nil {
		return nil, err // errors.Is(err, spec.ErrLookup): 400
	}
	return spec.Filter(kept.And(wanted), inMemory)
	// readme:end
}

func TestReadmeJSON(t *testing.T) {
	source, err := os.ReadFile("readme_json_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(source), "\t// readme:json\n")
	code, _, _ = strings.Cut(code, "\t// readme:end")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	code = strings.ReplaceAll("\n"+code, "\n\t", "\n")
	if len(code) < 100 || !strings.Contains(string(readme), "```go"+code+"```") {
		t.Error("the example of README.md about JSON is not the one that is compiled here")
	}

	rows := []Task{{ID: 1, Account: "a", CreatedBy: "ann", Title: "report"}, {ID: 2, Account: "b", CreatedBy: "ann", Title: "report"}, {ID: 3, Account: "a", CreatedBy: "bob", Title: "report"}}
	mine := spec.Eq("account", "a").And(spec.IsNull("deleted_at"))
	for query, want := range map[string]int{"?created_by=ann&title__contains=report": 1, "?title=report": 2, "": 2} {
		have, err := asked(mine, httptest.NewRequest("GET", "/tasks"+query, nil), rows)
		if err != nil || len(have) != want {
			t.Errorf("%s: %d rows (error %v), want %d", query, len(have), err, want)
		}
	}
	if have, err := asked(mine, httptest.NewRequest("GET", "/tasks?account=b", nil), rows); !errors.Is(err, spec.ErrNotAllowed) || len(have) > 0 {
		t.Errorf("a field that is not listed: %d rows (error %v)", len(have), err)
	}
}
