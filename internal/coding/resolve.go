package coding

import (
	"asylon/internal/record"
	"asylon/internal/register"
)

// Resolve makes the statements that replace those of a document whose dates
// could not be understood before its own date was known. Of several, the
// caller chooses; what still cannot be understood is left out.
func Resolve(items []register.Item, ref Reference, chosen map[record.ID]bool) []record.Statement {
	var out []record.Statement
	for _, it := range items {
		d := it.Value.Date
		if d == nil || d.Resolved || !it.Live || !chosen[it.ID] {
			continue
		}
		u, err := Date(it.Words, ref, it.ModeOf())
		if err != nil || u.Unresolved {
			continue
		}
		s := it.Statement
		s.N, s.Value, s.Supersedes, s.Basis = 0, u.Value, it.ID, ref.Statement
		s.Value.Qual = it.Value.Qual
		out = append(out, s)
	}
	return out
}
