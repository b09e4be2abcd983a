// Package content is the truth about posts: what a post is really about, how
// good it is, and how much its thumbnail promises that it does not keep.
//
// The latent space has as many axes as a content embedding. A topic is a
// direction in it, a post lies near its topic, and what a person gets out of a
// post is the scalar product of their taste with it, times quality. Under the law
// simplex posts and tastes are made of attributes instead, as many as are asked for.
//
//	topic centre ──+ spread──▶ Vector (truth) ──+ content_noise──▶ Post.Content (public)
//	creator's quality, clickbait ──+ noise──▶ Quality, Clickbait (truth)
//
// Only the noisy embedding, the topic, the language and the duration become
// public. Off unless a scenario asks: languages, ageing (of news faster than of
// the rest), policy classes.
//
// What it leaves out: captions and sound, edits, copies of other posts.
//
// Reading order: config.go, topics.go, law.go, language.go, ageing.go, class.go,
// risk.go, post.go.
package content
