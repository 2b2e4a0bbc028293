package scene_test

import (
	"errors"
	"testing"
	"time"

	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
)

// planted is a scene whose ways take and answer what is planted.
type planted struct {
	now time.Duration
	scene.Scene
}

type cost struct {
	name string
	ns   time.Duration
	peer bool
}

func plant(goals []scene.Goal, costs ...cost) *planted {
	p := &planted{}
	p.Scene = scene.Scene{Name: "planted", Goals: goals, Open: func(scene.Size) (*scene.Open, error) {
		var ways []pair.Way
		for _, c := range costs {
			w := pair.New(c.name, func(n int) (string, error) {
				p.now += time.Duration(n) * c.ns
				return "a", nil
			}, pair.Print)
			if c.peer {
				w = w.Peer()
			}
			ways = append(ways, w)
		}
		return &scene.Open{Ways: ways}, nil
	}}
	return p
}

func (p *planted) verdicts(t *testing.T) []scene.Verdict {
	t.Helper()
	r, err := p.Measure(scene.Full, pair.Options{Budget: time.Millisecond, Clock: func() time.Duration { return p.now }})
	if err != nil {
		t.Fatal(err)
	}
	return r.Verdicts
}

func TestVerdicts(t *testing.T) {
	costs := []cost{{scene.Hand, 100, false}, {scene.Ours, 50, false}, {"fast peer", 200, true}, {"slow peer", 5000, true}}
	for _, test := range []struct {
		goal             scene.Goal
		figure           float64
		reached, stretch bool
	}{
		{scene.AtMost(scene.Ours, 0.4, 0), 0.5, false, false},
		{scene.AtMost(scene.Ours, 0.6, 0.4), 0.5, true, false},
		{scene.AtMost(scene.Ours, 0.6, 0.5), 0.5, true, true},
		{scene.AtMost(scene.Ours, 0.5, 0), 0.5, true, false},
		{scene.AtMostOf(scene.Ours, "fast peer", 0.2, 0), 0.25, false, false},
		{scene.AtMostOf(scene.Ours, "fast peer", 0.3, 0), 0.25, true, false},
		{scene.Faster(scene.Ours, "fast peer", 5), 4, false, false},
		{scene.Faster(scene.Ours, "fast peer", 3), 4, true, false},
		{scene.Allocs(scene.Ours, 0), 0, true, false},
		{scene.MoreAllocs(scene.Ours, scene.Hand, 0), 0, true, false},
	} {
		v := plant([]scene.Goal{test.goal}, costs...).verdicts(t)[0]
		if v.Figure != test.figure && !test.goal.IsCount() || v.Reached != test.reached || v.Stretch != test.stretch {
			t.Errorf("%s: %+v", test.goal, v)
		}
	}
}

var kept []byte

func TestVerdictsOfAllocations(t *testing.T) {
	allocate := func(each int) func(n int) (int, error) {
		return func(n int) (int, error) {
			for range n * each {
				kept = make([]byte, 64)
			}
			return 0, nil
		}
	}
	s := scene.Scene{
		Name: "allocations",
		Open: func(scene.Size) (*scene.Open, error) {
			return &scene.Open{Ways: []pair.Way{
				pair.New(scene.Hand, allocate(1), pair.Print), pair.New(scene.Ours, allocate(3), pair.Print),
			}}, nil
		},
		Goals: []scene.Goal{
			scene.Allocs(scene.Ours, 3), scene.Allocs(scene.Ours, 2),
			scene.MoreAllocs(scene.Ours, scene.Hand, 2), scene.MoreAllocs(scene.Ours, scene.Hand, 1),
		},
	}
	r, err := s.Measure(scene.Full, pair.Options{Budget: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	for i, reached := range []bool{true, false, true, false} {
		if r.Verdicts[i].Reached != reached {
			t.Errorf("%s: %+v", r.Verdicts[i].Goal, r.Verdicts[i])
		}
	}
}

// TestPeers: every peer is a goal, whether a scene says so or not.
func TestPeers(t *testing.T) {
	goals := []scene.Goal{scene.Faster(scene.Ours, "b", 20)}
	vs := plant(goals, cost{scene.Hand, 100, false}, cost{scene.Ours, 50, false},
		cost{"a", 500, true}, cost{"b", 999, true}, cost{"c", 499, true}).verdicts(t)
	want := []struct {
		subject string
		reached bool
	}{{"b", false}, {"a", true}, {"c", false}}
	if len(vs) != len(want) {
		t.Fatalf("%+v", vs)
	}
	for i, w := range want {
		if vs[i].Goal.Subject() != w.subject || vs[i].Reached != w.reached {
			t.Errorf("%+v, want %+v", vs[i], w)
		}
	}
}

// TestClose: where the control is off by more than the figure is from its bound.
func TestClose(t *testing.T) {
	var now time.Duration
	runs := 0
	s := scene.Scene{
		Name: "uneven",
		Open: func(scene.Size) (*scene.Open, error) {
			return &scene.Open{Ways: []pair.Way{
				// The two runs of it in a round differ, and in the same order or the other.
				pair.New(scene.Hand, func(n int) (int, error) {
					runs++
					now += time.Duration(n) * time.Duration(100+40*(runs%2))
					return 0, nil
				}, pair.Print),
				pair.New(scene.Ours, func(n int) (int, error) {
					now += time.Duration(n) * 100
					return 0, nil
				}, pair.Print),
			}}, nil
		},
		Goals: []scene.Goal{scene.AtMost(scene.Ours, 0.95, 0), scene.AtMost(scene.Ours, 10, 0)},
	}
	r, err := s.Measure(scene.Full, pair.Options{Budget: time.Millisecond, Clock: func() time.Duration { return now }})
	if err != nil {
		t.Fatal(err)
	}
	if r.Measured.Deviation() < 0.2 || !r.Verdicts[0].Close || r.Verdicts[1].Close {
		t.Errorf("the control is off by %v: %+v", r.Measured.Deviation(), r.Verdicts)
	}
}

func TestCheck(t *testing.T) {
	hand, ours := cost{scene.Hand, 1, false}, cost{scene.Ours, 1, false}
	for name, p := range map[string]*planted{
		"first is not the hand-written": plant(nil, ours, hand),
		"no hand-written":               plant(nil, ours),
		"no ways":                       plant(nil),
		"goal about nobody":             plant([]scene.Goal{scene.AtMost("nobody", 1, 0)}, hand, ours),
		"goal against nobody":           plant([]scene.Goal{scene.AtMostOf(scene.Ours, "nobody", 1, 0)}, hand, ours),
	} {
		if p.Check(scene.Small) == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if err := plant([]scene.Goal{scene.AtMost(scene.Ours, 1, 0)}, hand, ours).Check(scene.Small); err != nil {
		t.Error(err)
	}
}

func TestOpenAndClose(t *testing.T) {
	broken := errors.New("broken")
	s := scene.Scene{Open: func(scene.Size) (*scene.Open, error) { return nil, broken }}
	if err := s.Check(scene.Small); !errors.Is(err, broken) {
		t.Error(err)
	}
	open := plant(nil, cost{scene.Hand, 1, false}).Open
	s.Open = func(size scene.Size) (*scene.Open, error) {
		o, err := open(size)
		o.Close = func() error { return broken }
		return o, err
	}
	if err := s.Check(scene.Small); !errors.Is(err, broken) {
		t.Error("the error of Close is lost:", err)
	}
}
