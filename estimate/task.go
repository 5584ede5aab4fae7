package estimate

import "sync"

// A Stage names what a long estimate is busy with.
type Stage string

// The stages, in the order in which an envelope goes through them.
const (
	StageSearch    Stage = "search"    // fitting the candidate models
	StageBootstrap Stage = "bootstrap" // resampling for the searched model
	StageStepwise  Stage = "stepwise"  // resampling for the stepwise model
	StageGraphs    Stage = "graphs"    // averaging over graphs
	StageChains    Stage = "chains"    // sampling latent classes
	StageDrop      Stage = "drop-list" // leaving out one list at a time
	StagePerson    Stage = "person"    // one person more or fewer
	StageLinks     Stage = "links"     // wrong links
	StageSimulate  Stage = "simulate"  // simulated populations
)

// Progress says how far a stage has come. Total may grow: chains that have not
// settled are lengthened.
type Progress struct {
	Stage Stage
	Done  int
	Total int
}

// A task counts the steps of one stage and reports about a hundred times.
type task struct {
	mu     sync.Mutex
	report func(Progress)
	now    Progress
	told   int
}

func newTask(report func(Progress), stage Stage) *task {
	return &task{report: report, now: Progress{Stage: stage}}
}

// begin adds steps to be done.
func (t *task) begin(steps int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Total += steps
	t.tell()
}

// step counts steps as done. It is safe for concurrent use; reports never
// overlap.
func (t *task) step(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.now.Done += n
	if (t.now.Done-t.told)*100 >= t.now.Total || t.now.Done == t.now.Total {
		t.tell()
	}
}

// tell must be called with the lock held.
func (t *task) tell() {
	t.told = t.now.Done
	if t.report != nil {
		t.report(t.now)
	}
}
