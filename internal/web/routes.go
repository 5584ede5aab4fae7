package web

// routes is the list of everything the server answers. A route that needs no
// sign-in is opened with open; all others with page, whose handler goes
// through the session for whatever it reads or writes.
func (s *Server) routes() {
	s.open("GET /sign-in", signInForm)
	s.open("POST /sign-in", signIn)
	s.open("GET /link/{token}", oneTimeLink)
	s.open("POST /language", setLanguage)
	s.open("GET /", notHere)
	s.page("POST /sign-out", signOut)
	s.page("POST /lock", lockAll)
	s.documentRoutes()
	s.codeRoutes()
	s.entityRoutes()
	s.searchRoutes()
	s.homeRoutes()
	s.letterRoutes()
	s.figureRoutes()
}
