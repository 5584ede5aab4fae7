package linkage

// groups is a union-find forest over units.
type groups []uint32

func newGroups(n int) groups {
	g := make(groups, n)
	for i := range g {
		g[i] = uint32(i)
	}
	return g
}

func (g groups) find(x uint32) uint32 {
	for g[x] != x {
		g[x] = g[g[x]]
		x = g[x]
	}
	return x
}

// join makes the smaller number the root, so that the forest does not depend
// on the order of joining.
func (g groups) join(a, b uint32) {
	a, b = g.find(a), g.find(b)
	if a < b {
		g[b] = a
	} else {
		g[a] = b
	}
}
