package serving

import "feedloop/system"

// heuristic answers with the candidates in order of popularity. What the ranker
// may have computed too late is not used, nor is a page that was being arranged.
func (s *Server) heuristic(f *flight) {
	q := &f.query
	s.stages.Reranker.Discard(q)
	f.scored = false
	q.Features, q.Predictions, q.Watch, q.ModelVersion, q.ValueVersion = q.Features[:0], q.Predictions[:0], q.Watch[:0], 0, 0
	s.stages.Ranker.Fallback(q)
	s.stages.Reranker.Arrange(q, s.config.PageSize)
	s.land(f, system.Heuristic)
}

// newest answers with the newest posts that may be shown to the person, from the
// gateway's own memory.
func (s *Server) newest(f *flight) {
	q := &f.query
	q.Candidates, q.Features, q.Predictions = q.Candidates[:0], q.Features[:0], q.Predictions[:0]
	q.Watch, q.Scores, q.Order = q.Watch[:0], q.Scores[:0], q.Order[:0]
	live, end := s.catalogue.Live(s.kernel.Now())
	for id := end; id > live && len(q.Order) < s.config.PageSize; id-- {
		if s.stages.Reranker.Admits(q.Person, id-1) {
			q.Order = append(q.Order, int32(len(q.Candidates)))
			q.Candidates = append(q.Candidates, system.Candidate{Post: id - 1, Propensity: 1})
		}
	}
	rung := system.NewestOnly
	if len(q.Order) == 0 {
		rung = system.EmptyPage
	}
	s.land(f, rung)
}
