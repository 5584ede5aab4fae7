package policy

import "testing"

func TestAdministratorReadsNothing(t *testing.T) {
	for _, a := range []Action{ReadRecord, ReadAudit, Open, Export, AskFigure, Erase} {
		if Allowed([]Role{Admin}, a) {
			t.Errorf("an administrator may %q", a)
		}
	}
	if MayHold([]Role{Admin, Auditor, Reader}) {
		t.Error("administrator, auditor and reader together may hold a compartment key")
	}
}

func TestMoreRolesNeverWiden(t *testing.T) {
	// The rights of a set of roles are exactly the union of each role's.
	all := Roles()
	for mask := range 1 << len(all) {
		var set []Role
		for i, r := range all {
			if mask>>i&1 == 1 {
				set = append(set, r)
			}
		}
		for _, a := range []Action{ReadRecord, ReadAudit, AddRecord, Judge, Open, ManageUsers, Erase} {
			want := false
			for _, r := range set {
				want = want || Allowed([]Role{r}, a)
			}
			if got := Allowed(set, a); got != want {
				t.Fatalf("%v may %q: %v, its roles one by one: %v", set, a, got, want)
			}
		}
	}
}

func TestNobodyMayNothing(t *testing.T) {
	if Allowed(nil, ReadRecord) || Allowed([]Role{"owner"}, ReadRecord) {
		t.Error("somebody without a role may read")
	}
}
