package register

import (
	"context"
	"fmt"

	"asylon/internal/access"
)

// Once runs fn unless a form with this token was taken before, and keeps what
// fn returned; a form that is sent twice gets the first one's result.
func Once(ctx context.Context, w *access.Writer, token string, fn func() (string, error)) (string, error) {
	if token == "" {
		return fn()
	}
	var result string
	rows, err := w.Query(ctx, `select result from form_tokens where token = ?`, token)
	if err != nil {
		return "", fmt.Errorf("look up form: %w", err)
	}
	found := rows.Next()
	if found {
		err = rows.Scan(&result)
	}
	if cerr := rows.Close(); err == nil {
		err = cerr
	}
	if err != nil || found {
		return result, err
	}
	if result, err = fn(); err != nil {
		return "", err
	}
	_, err = w.State(ctx, `insert into form_tokens (token, result) values (?, ?)`, token, result)
	return result, err
}
