// Command asylon records, counts, protects and speaks for people who flee
// across a border and are forced back. See README.md.
package main

import (
	"os"

	"asylon/internal/app"
)

func main() { os.Exit(app.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
