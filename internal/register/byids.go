package register

import (
	"context"

	"asylon/internal/access"
	"asylon/internal/record"
)

// ByIDs lists the general statements with these ids in order of id, withdrawn
// ones included. Those that are not there, as after an erasure, are left out.
func ByIDs(ctx context.Context, r *access.Reader, ids []record.ID) ([]Item, error) {
	var out []Item
	for chunk := range chunks(ids) {
		in, args := marks(chunk)
		more, err := items(ctx, r, `where id in (`+in+`) order by id`, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	return out, nil
}
