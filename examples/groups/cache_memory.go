package main

import (
	"context"
	"hash/maphash"
	"sync"
	"sync/atomic"
)

const (
	generationCount = 1 << 14
	shardCount      = 64
	shardSize       = 4096 // answers
)

// memory keeps answers in the process. It is for one process alone: what another writes,
// it does not learn of.
//
// Each user and each resource has a generation, which a change of it moves on, and an
// answer holds as long as the generations are those that it was found out in. Many users
// share a generation, so that there is a fixed number of them: a change of one then costs
// the others an answer that was still right, never the other way round.
type memory struct {
	seed        maphash.Seed
	everything  atomic.Uint64
	generations [generationCount]atomic.Uint64
	shards      [shardCount]shard
	off         atomic.Bool // it gives no answer any more
}

type shard struct {
	sync.Mutex
	kept map[question]answer
}

type answer struct {
	at      moment
	allowed bool
}

// moment is the generations of everything, of a user and of a resource.
type moment [3]uint64

func newMemory() *memory { return &memory{seed: maphash.MakeSeed()} }

func (m *memory) user(name string) *atomic.Uint64 {
	return &m.generations[maphash.String(m.seed, name)%generationCount]
}

func (m *memory) resource(name string) *atomic.Uint64 {
	return &m.generations[maphash.String(m.seed, "/"+name)%generationCount]
}

func (m *memory) shard(q question) *shard {
	return &m.shards[maphash.Comparable(m.seed, q)%shardCount]
}

func (m *memory) look(_ context.Context, q question) (allowed, found bool, _ place) {
	at := moment{m.everything.Load(), m.user(q.user).Load(), m.resource(q.resource).Load()}
	s := m.shard(q)
	s.Lock()
	kept, ok := s.kept[q]
	s.Unlock()
	if ok && kept.at == at && !m.off.Load() {
		return kept.allowed, true, nil
	}
	return false, false, memoryPlace{m, q, at}
}

func (m *memory) changed(_ context.Context, c change) error {
	if c.all {
		m.everything.Add(1)
	}
	for _, name := range c.users {
		m.user(name).Add(1)
	}
	for _, name := range c.resources {
		m.resource(name).Add(1)
	}
	return nil
}

type memoryPlace struct {
	*memory
	q  question
	at moment
}

// keep keeps an answer of the generations that were read before it was found out: if one
// has moved on since, nobody will take it.
func (p memoryPlace) keep(_ context.Context, allowed bool) {
	s := p.shard(p.q)
	s.Lock()
	defer s.Unlock()
	if s.kept == nil {
		s.kept = make(map[question]answer)
	}
	if len(s.kept) >= shardSize {
		for q := range s.kept { // any one
			delete(s.kept, q)
			break
		}
	}
	s.kept[p.q] = answer{p.at, allowed}
}
