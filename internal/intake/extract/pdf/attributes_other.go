//go:build !linux

package pdf

import "os/exec"

// ownBinary is empty where only the path of the program is known.
const ownBinary = ""

// setAttributes has nothing to set: the child ends when its input does.
func setAttributes(*exec.Cmd) {}
