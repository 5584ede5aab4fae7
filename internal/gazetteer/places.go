// Package gazetteer is the room of places and their many names: it finds a
// place by any name in any script, and knows which places lie within which.
// Places themselves are entities in the register, stated by a source like
// everything else.
package gazetteer

import (
	"context"
	"errors"
	"fmt"

	"asylon/internal/access"
	"asylon/internal/fault"
	"asylon/internal/record"
	"asylon/internal/register"
	"asylon/internal/store"
)

// maxPlaces bounds how many places one place may contain, in a walk.
const maxPlaces = 20000

// Within lists a place and every place that lies within it, by the standing
// statements, clusters followed.
func Within(ctx context.Context, q store.Queryer, place record.ID) ([]record.ID, error) {
	return walk(ctx, q, place, `select s.entity from statements s where s.property = 'place.within' and s.live = 1 and s.ref = ?`)
}

// Around lists a place and every place it lies within.
func Around(ctx context.Context, q store.Queryer, place record.ID) ([]record.ID, error) {
	return walk(ctx, q, place, `select s.ref from statements s where s.property = 'place.within' and s.live = 1 and s.entity = ? and s.ref is not null`)
}

func walk(ctx context.Context, q store.Queryer, from record.ID, query string) ([]record.ID, error) {
	seen := map[record.ID]bool{}
	var queue []record.ID
	push := func(ids ...record.ID) error {
		for _, id := range ids {
			if seen[id] || len(queue) >= maxPlaces {
				continue
			}
			m, err := register.Members(ctx, q, id)
			if err != nil {
				return err
			}
			for _, x := range m {
				if !seen[x] {
					seen[x] = true
					queue = append(queue, x)
				}
			}
		}
		return nil
	}
	if err := push(from); err != nil {
		return nil, err
	}
	for i := 0; i < len(queue); i++ {
		next, err := ids(ctx, q, query, string(queue[i]))
		if err != nil {
			return nil, fmt.Errorf("walk places: %w", err)
		}
		if err := push(next...); err != nil {
			return nil, err
		}
	}
	return queue, nil
}

func ids(ctx context.Context, q store.Queryer, query string, args ...any) (out []record.ID, err error) {
	rows, err := q.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id record.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// Find finds a place by a local label, an id or one of its names. Several
// places of one name are a conflict that lists their labels.
func Find(ctx context.Context, r *access.Reader, name string) (record.ID, error) {
	if id, err := record.ParseID(name); err == nil {
		k, err := register.KindOf(ctx, r, id)
		if err == nil && k != record.KindPlace {
			err = fault.Invalid("%s is not a place", name)
		}
		return id, err
	}
	if id, err := register.ByCode(ctx, r, name); err == nil {
		return id, nil
	}
	found, err := ids(ctx, r, `select entity from (
		select s.entity from statements s join entities e on e.id = s.entity where s.property = 'label' and s.txt = ? and s.live = 1 and e.kind = 'place'
		union select s.entity from statements s join entities e on e.id = s.entity where s.property = 'place.name' and s.txt = ? and s.live = 1 and e.kind = 'place') x
		order by entity limit 20`, name, name)
	if err != nil {
		return "", fmt.Errorf("find place: %w", err)
	}
	canon := map[record.ID]bool{}
	for _, id := range found {
		c, _, err := register.Canonical(ctx, r, id)
		if err != nil {
			return "", err
		}
		canon[c] = true
	}
	switch len(canon) {
	case 0:
		return "", fault.NotFound("there is no place called %.60q in the gazetteer", name)
	case 1:
		for id := range canon {
			return id, nil
		}
	}
	return "", fault.Conflict("there are %d places called %.60q: use the label of the one you mean", len(canon), name)
}
