package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"asylon/estimate"
)

// A reference is one answer of somebody else's.
type reference struct {
	dataset, method, setting string
	estimate, low, high      float64 // NaN when not given
	note                     string
}

// files names the table of each data set of the references.
var files = map[string]string{
	"Korea": "korea_palembang", "Kosovo": "kosovo_1999", "Ned": "netherlands_6list", "Ned_5": "netherlands_5list",
	"NewOrl": "new_orleans_8list_n186", "NewOrl_5": "new_orleans_5list_n186",
	"NewOrl (n=185)": "new_orleans_8list_n185", "NewOrl_5 (n=185)": "new_orleans_5list_n185", "NewOrl_5 (n=186)": "new_orleans_5list_n186",
	"UKdat_5": "uk_2013_5list", "Western": "us_western_site", "HAV": "hav_taiwan", "SpinaBifida": "spina_bifida_3list",
	"hare": "hare", "ill": "netherlands_illegal_immigrants_1995_freq_of_counts",
	"ph_caloocan_police": "ph_caloocan_police", "ph_caloocan_unidentified": "ph_caloocan_unidentified",
	"ph_manila_police": "ph_manila_police", "ph_manila_unidentified": "ph_manila_unidentified",
}

// readReferences reads reference_runs.csv and published.csv.
func readReferences(dir string) (runs, published []reference, err error) {
	rows, err := readCSV(filepath.Join(dir, "reference_runs.csv"))
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		runs = append(runs, reference{r[0], r[1], r[2], figure(r[4]), figure(r[5]), figure(r[6]), r[10]})
	}
	rows, err = readCSV(filepath.Join(dir, "published.csv"))
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		published = append(published, reference{r[0], r[1], "", figure(r[2]), figure(r[3]), figure(r[4]), r[5]})
	}
	return runs, published, nil
}

func readCSV(name string) ([][]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return rows[1:], nil
}

func figure(s string) float64 {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return missing
	}
	return x
}

// A kind of comparison with its bar: how far estimate and limits may lie
// apart. Relative unless absolute is set; a bar of zero is only shown.
type kind struct {
	name     string
	estimate float64
	limits   float64
	absolute bool // limits
}

var (
	kindLogLinear = kind{"log-linear, profile interval", 1e-5, 0.5, true}
	kindModel     = kind{"log-linear, estimate only", 1e-5, 0, false}
	kindChapman   = kind{"two lists", 1e-5, 1e-4, false}
	kindGraphs    = kind{"graph averaging", exact, exact, true}
	kindBootstrap = kind{"log-linear, BCa bootstrap", 1e-5, 0.05, false}
	kindLatent    = kind{"latent classes", 0.03, 0.06, false}
	kindCoverage  = kind{"sample coverage", 1e-3, 0.05, false}
	kindShown     = kind{"shown only", 0, 0, false}
)

// exact is a tolerance that only equal whole numbers meet.
const exact = 1e-9

// A job is what we run to answer as a reference did.
type job struct {
	kind kind
	set  estimate.Settings
	// pick takes our answer out of a result; nil takes the headline.
	pick func(estimate.Result) answer
	call string // a function of its own instead of settings
}

type answer struct{ estimate, low, high float64 }

var (
	chapmanLists = regexp.MustCompile(`^(\S+) (\S+) n1`)
	gridFactor   = regexp.MustCompile(`fac=(\d+)`)
	maxOrder     = regexp.MustCompile(`maxorder (\d)`)
	classes      = regexp.MustCompile(`K=(\d+)`)
)

// plan says how to answer as the reference did; false for what the kit leaves
// out on purpose.
func plan(r reference) (job, bool) {
	j := job{set: estimate.Settings{Seed: seed}}
	switch {
	case r.method == "Rcapture closedpCI.t" && strings.HasPrefix(r.setting, "Mt "):
		j.kind, j.set.Method = kindLogLinear, estimate.MethodIndependence
	case r.method == "Rcapture closedpCI.t" && strings.HasPrefix(r.setting, "Mth LB"):
		j.kind, j.set.Method = kindLogLinear, estimate.MethodChao
	case r.method == "Rcapture closedpCI.t" && strings.HasPrefix(r.setting, "profile CI"):
		j.kind, j.set.Method, j.pick = kindLogLinear, estimate.MethodLogLinear, profile
		j.set.MaxOrder = orderOf(r.setting)
	case r.method == "Rcapture closedpCI.t":
		j.kind, j.call = kindLogLinear, "visibility"
	case r.method == "Rcapture closedpCI.0":
		j.kind, j.call = kindLogLinear, "frequencies"
	case r.method == "Rcapture closedp.bc":
		j.kind, j.call = kindLogLinear, "corrected"
	case r.method == "Rcapture closedpMS.t":
		j.kind, j.set.Method = kindModel, estimate.MethodLogLinear
		j.set.MaxOrder = orderOf(r.setting)
		if strings.Contains(r.setting, "AIC") {
			j.set.Criterion = estimate.AIC
		}
	case r.method == "Chapman":
		j.kind, j.set.Method = kindChapman, estimate.MethodChapman
		j.pick = pair(chapmanLists.FindStringSubmatch(r.setting))
	case r.method == "dga bma.cr":
		j.kind, j.set.Method = kindGraphs, estimate.MethodGraphs
		j.set.Graphs = graphSettings(r.setting)
	case strings.HasPrefix(r.method, "SparseMSE"):
		j.kind, j.set.Method = kindBootstrap, estimate.MethodStepwise
	case strings.HasPrefix(r.method, "MultipleSystemsEstimation"):
		j.kind, j.set.Method = kindBootstrap, estimate.MethodLogLinear
		j.set.MaxOrder = orderOf(r.setting)
	case r.method == "LCMCR":
		j.kind, j.set = kindLatent, latentSettings(r.setting)
	case r.method == "CARE1 estN LSC":
		j.kind, j.set.Method = kindCoverage, estimate.MethodCoverage
	default:
		return j, false
	}
	return j, true
}

// planPublished is plan for the published answers.
func planPublished(r reference) (job, bool) {
	j := job{kind: kindShown, set: estimate.Settings{Seed: seed}}
	switch {
	case files[r.dataset] == "":
		return j, false
	case strings.Contains(r.method, "maxorder 2"):
		j.kind, j.set.Method, j.set.MaxOrder = kindBootstrap, estimate.MethodLogLinear, 2
	case strings.HasPrefix(r.method, "BIC"):
		j.kind, j.set.Method = kindBootstrap, estimate.MethodLogLinear
	case strings.HasPrefix(r.method, "stepwise"):
		j.kind, j.set.Method = kindBootstrap, estimate.MethodStepwise
	case strings.HasPrefix(r.method, "log-linear"):
		j.set.Method, j.pick = estimate.MethodLogLinear, profile
	case strings.HasPrefix(r.method, "LCMCR") && strings.HasPrefix(r.dataset, "ph_"):
		j.set, j.pick = latentSettings("K=5"), mean
	case strings.HasPrefix(r.method, "LCMCR"):
		j.set = latentSettings("K=7")
	case strings.HasPrefix(r.method, "Madigan"):
		j.set.Method, j.set.Graphs = estimate.MethodGraphs, graphSettings("MY example")
	default:
		return j, false
	}
	return j, true
}

func orderOf(setting string) int {
	if m := maxOrder.FindStringSubmatch(setting); m != nil {
		n, _ := strconv.Atoi(m[1]) // the pattern matches digits only
		return n
	}
	// "[12,13,14]" in a profile: its largest set is the order searched.
	order := 0
	for _, part := range strings.FieldsFunc(setting[strings.LastIndex(setting, "[")+1:], func(r rune) bool { return r < '0' || r > '9' }) {
		order = max(order, len(part))
	}
	return max(2, order)
}

func graphSettings(setting string) estimate.GraphSettings {
	if strings.HasPrefix(setting, "MY example") {
		// 1 to 300 unseen people of 626 documented.
		return estimate.GraphSettings{Delta: 1, Saturated: true, Grid: 300.0 / 626, Prior: estimate.Prior{Shape: 13.14, Scale: 55.17}}
	}
	g := estimate.GraphSettings{Saturated: !strings.Contains(setting, "saturated graph excluded")}
	if strings.Contains(setting, "delta=.5") {
		g.Delta = 0.5
	}
	if m := gridFactor.FindStringSubmatch(setting); m != nil {
		g.Grid, _ = strconv.ParseFloat(m[1], 64) // digits only
	}
	return g
}

func latentSettings(setting string) estimate.Settings {
	s := estimate.Settings{Seed: seed, Method: estimate.MethodLatent}
	if m := classes.FindStringSubmatch(setting); m != nil {
		s.Latent.Classes, _ = strconv.Atoi(m[1]) // digits only
	}
	s.Latent.Steps, s.Latent.Thin = 100_000, 50
	return s
}

// profile takes the limits that ignore the choice of the model.
func profile(r estimate.Result) answer {
	f := r.Families[0]
	return answer{float64(f.Estimate), float64(f.ProfileLow), float64(f.ProfileHigh)}
}

// mean takes the mean instead of the median.
func mean(r estimate.Result) answer {
	f := r.Families[0]
	return answer{float64(f.Mean), float64(f.Low), float64(f.High)}
}

// pair takes the answer of two lists.
func pair(names []string) func(estimate.Result) answer {
	return func(r estimate.Result) answer {
		for _, f := range r.Families {
			if f.Named == names[1]+"×"+names[2] {
				return answer{float64(f.Estimate), float64(f.Low), float64(f.High)}
			}
		}
		return answer{missing, missing, missing}
	}
}
