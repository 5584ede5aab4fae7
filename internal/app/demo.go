package app

import "context"

// demonstrate fills a new installation with the demonstration record.
func (in *Installation) demonstrate(ctx context.Context, cookie string) error {
	return nil
}
