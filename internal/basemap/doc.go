// Package basemap holds the ground that maps are drawn on and the places that
// the demonstration gazetteer begins with: outlines of the border region of
// China and the DPRK and, coarser, of East Asia; and some sixty places with
// their names in several scripts.
//
// It is data with typed access, made by scripts/gen-basemap.py and
// scripts/gen-gazetteer.py from packages that docs/data-sources.md credits. It
// is not the gazetteer: an office's own places live in the record, and these
// are only the seed of one.
//
//	for _, s := range basemap.Outline().Shapes { … }
//	for _, p := range basemap.Places() { fmt.Println(p.ID, p.Name("ko-KP")) }
//
// What is returned is built anew for each call and belongs to the caller.
package basemap
