package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
)

func main() {
	// The first interrupt asks for an orderly end, in which finished work is saved; the second one kills.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(70) // what lives in a run lives long: a tenth less memory, for no time that could be measured
	}
	s := &shell{
		args:     os.Args[1:],
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		terminal: isTerminal(os.Stderr),
		colour:   isTerminal(os.Stdout) && os.Getenv("NO_COLOR") == "",
		now:      time.Now,
		engine:   realEngine,
	}
	os.Exit(s.main(ctx))
}

// isTerminal says whether a file is a terminal, or at least a device that takes what a terminal takes.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
