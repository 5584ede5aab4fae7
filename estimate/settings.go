package estimate

import "slices"

// A Method is a way to estimate how many people there are.
type Method string

// The methods. Envelope runs the three families of models that answer to
// different assumptions and decides whether a figure may be given; the others
// are single methods, to compare and to check.
const (
	MethodEnvelope     Method = "envelope"
	MethodChapman      Method = "chapman"      // two lists at a time
	MethodChao         Method = "chao"         // lower bound
	MethodCoverage     Method = "coverage"     // sample coverage
	MethodIndependence Method = "independence" // lists that ignore each other
	MethodLogLinear    Method = "loglinear"    // best model by criterion
	MethodStepwise     Method = "stepwise"     // two-list effects, one by one
	MethodGraphs       Method = "bma"          // averaged over decomposable graphs
	MethodLatent       Method = "latent"       // latent classes
)

// Methods returns all methods, the envelope first.
func Methods() []Method {
	return []Method{MethodEnvelope, MethodChapman, MethodChao, MethodCoverage,
		MethodIndependence, MethodLogLinear, MethodStepwise, MethodGraphs, MethodLatent}
}

// Settings say what is computed and how. The zero value is the envelope with
// the recommended settings and seed 0. Results depend on every exported field
// but Workers and Report.
type Settings struct {
	Method Method `json:"method"`
	Seed   uint64 `json:"seed"`
	// Level is the probability the intervals are built for; zero means 0.95.
	Level float64 `json:"level"`
	// Bootstrap is the number of resampled tables; zero means 4,000 up to five
	// lists, 2,000 up to seven and 1,000 above. Limits read off the far tail,
	// as bias correction likes to, need them.
	Bootstrap int `json:"bootstrap"`
	// Chains is the number of chains of the latent class sampler, at least
	// four; zero means four.
	Chains int `json:"chains"`
	// Criterion ranks log-linear models; zero means BIC.
	Criterion Criterion `json:"criterion"`
	// MaxOrder is the largest set of lists that may have an effect of its own
	// in the log-linear search; zero means all but the full set.
	MaxOrder int `json:"max_order"`
	// TopModels is how many of the best models each bootstrap draw chooses
	// among again; zero means 128 up to four lists, which is all of them, 60
	// up to seven and 20 above.
	TopModels int `json:"top_models"`
	// Threshold is the p-value of the stepwise selection; zero means 0.02.
	Threshold float64        `json:"threshold"`
	Graphs    GraphSettings  `json:"graphs"`
	Latent    LatentSettings `json:"latent"`
	Declared  Declared       `json:"declared"`

	// Workers is the number of goroutines; zero means one.
	Workers int `json:"-"`
	// Report is told how far the work has come, never twice at the same time.
	Report func(Progress) `json:"-"`
}

// Declared is what the makers of the lists know and no table can show.
type Declared struct {
	// Scope says, in a few words, how the lists differ in the people, places
	// or dates they could cover; empty when they do not.
	Scope string `json:"scope,omitempty"`
	// Copied are lists that were built from another list.
	Copied []Copied `json:"copied,omitempty"`
}

// A Copied list was built, wholly or in part, from another.
type Copied struct {
	List string `json:"list"`
	From string `json:"from"`
}

// Bounds of the settings.
const (
	minChains    = 4
	maxChains    = 200
	maxBootstrap = 100_000
	maxSteps     = 100_000_000
	minDraws     = 100 // of each chain: fewer cannot be diagnosed
)

// check fills in what is zero and reports what makes no sense as an
// *InputError. Defaults that depend on the number of lists count the used
// ones only.
func (s Settings) check(t, used Table) (Settings, error) {
	if s.Method == "" {
		s.Method = MethodEnvelope
	}
	if s.Criterion == "" {
		s.Criterion = BIC
	}
	setDefault(&s.Level, 0.95)
	setDefault(&s.Bootstrap, defaultBootstrap(used.P()))
	setDefault(&s.Chains, minChains)
	setDefault(&s.Threshold, DefaultThreshold)
	setDefault(&s.Workers, 1)
	setDefault(&s.MaxOrder, max(1, used.P()-1))
	setDefault(&s.TopModels, defaultTop(used.P()))
	s.Latent = s.Latent.withDefaults(used.P())
	setDefault(&s.Graphs.Delta, 1/float64(uint64(1)<<used.P()))
	bad := func(name string, low, high string) (Settings, error) {
		return s, inputError(0, keySetting, args{"name": name, "low": low, "high": high})
	}
	switch {
	case !slices.Contains(Methods(), s.Method):
		return s, inputError(0, keySettingMethod, args{"method": shown(string(s.Method)), "methods": joinMethods()})
	case s.Criterion != BIC && s.Criterion != AIC:
		return s, inputError(0, keySettingCriterion, args{"criterion": shown(string(s.Criterion))})
	case !(s.Level >= 0.5 && s.Level <= 0.999):
		return bad("level", "0.5", "0.999")
	case s.Bootstrap < 1 || s.Bootstrap > maxBootstrap:
		return bad("bootstrap", "1", number(maxBootstrap))
	case s.Chains < minChains || s.Chains > maxChains:
		return bad("chains", number(minChains), number(maxChains))
	case !(s.Threshold > 0 && s.Threshold < 1):
		return bad("threshold", "0", "1")
	case s.MaxOrder < 1 || s.MaxOrder > MaxLists:
		return bad("max order", "1", number(MaxLists))
	case s.TopModels < 1 || s.TopModels > 10_000:
		return bad("top models", "1", "10,000")
	case !(s.Graphs.Delta > 0 && s.Graphs.Delta <= 100):
		return bad("delta", "0", "100")
	case !(s.Graphs.Grid >= 0 && s.Graphs.Grid <= maxGridFactor):
		return bad("grid", "0", number(maxGridFactor))
	case s.Latent.Classes > 100:
		return bad("classes", "1", "100")
	case s.Latent.MaxSteps > maxSteps:
		return bad("steps", "1", number(maxSteps))
	case s.Latent.Steps/s.Latent.Thin < minDraws:
		return bad("thin", "1", number(max(1, s.Latent.Steps/minDraws)))
	}
	for _, c := range s.Declared.Copied {
		for _, name := range []string{c.List, c.From} {
			if !slices.Contains(t.lists, name) {
				return s, inputError(0, keySettingList, args{"name": shown(name)})
			}
		}
	}
	return s, nil
}

func defaultBootstrap(p int) int {
	switch {
	case p <= 5:
		return 4000
	case p <= 7:
		return 2000
	}
	return 1000
}

func defaultTop(p int) int {
	switch {
	case p <= 4:
		return 128
	case p <= 7:
		return 60
	}
	return 20
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

func joinMethods() string {
	out := ""
	for i, m := range Methods() {
		if i > 0 {
			out += ", "
		}
		out += string(m)
	}
	return out
}

// Streams of random numbers: each use has its own range of stream numbers, so
// that no two ever share one.
const (
	streamBootstrap uint64 = 1 << 40
	streamChains    uint64 = 2 << 40
	streamCoverage  uint64 = 3 << 40
	streamScenario  uint64 = 4 << 40
	streamLinks     uint64 = 5 << 40
	streamCalibrate uint64 = 6 << 40
)
