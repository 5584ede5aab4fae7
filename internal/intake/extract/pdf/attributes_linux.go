package pdf

import (
	"os/exec"
	"syscall"
)

// ownBinary is this very program, even where its file was replaced meanwhile.
const ownBinary = "/proc/self/exe"

// setAttributes makes the kernel end the child when its parent dies, in the one
// case in which the child itself cannot notice (see cpuSeconds), and keeps the
// terminal's signals from it: the parent decides when it ends.
func setAttributes(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
