package content

import (
	"fmt"
	"time"

	"feedloop/sim"
)

// Config describes the posts of a world.
type Config struct {
	// Topics is the number of topics in the public taxonomy. Default 16, range 2 to 1000.
	Topics int `yaml:"topics"`
	// Popularity is the exponent of the Zipf law by which creators choose their
	// topic; 0 makes all topics alike. Default 0.4, range 0 to 3.
	Popularity float64 `yaml:"popularity"`
	// Law is how posts and tastes lie in the latent space: sphere, near topics, or
	// simplex, attributes that add up to one. Default sphere.
	Law Law `yaml:"law"`
	// Attributes is how many a post and a taste are made of where the law is simplex.
	// Default 16, range 2 to 1000, and at most as many as topics.
	Attributes int `yaml:"attributes"`
	// Spread is how far a post strays from its topic: the length of a random
	// vector that is added to the topic's unit vector. Default 0.5, range 0 to 10.
	Spread float64 `yaml:"spread"`
	// ContentNoise is how far the public embedding strays from the truth, in the
	// same way. Default 0.4, range 0 to 10.
	ContentNoise float64 `yaml:"content_noise"`
	// QualityNoise is the standard deviation of a post's quality around its
	// creator's. Default 0.12, range 0 to 1.
	QualityNoise float64 `yaml:"quality_noise"`
	// ClickbaitNoise is the same for clickbait. Default 0.1, range 0 to 1.
	ClickbaitNoise float64 `yaml:"clickbait_noise"`
	// Length is the median length of a video. Default 20s.
	Length time.Duration `yaml:"length"`
	// LengthSigma is the standard deviation of the logarithm of the length.
	// Lengths are kept between 5 s and 3 min. Default 0.6, range 0 to 3.
	LengthSigma float64 `yaml:"length_sigma"`
	// Life is how long a post is eligible for feeds. Default 2d, range 1h to 365d.
	Life time.Duration `yaml:"life"`
	// Languages are what posts are in and people speak, with shares that add up to
	// 100 %. Default: none, all are in one that everybody understands.
	Languages []Language `yaml:"languages"`
	// Ageing is how posts lose what people like about them. Default: they do not.
	Ageing Ageing `yaml:"ageing"`
	// Violating is the share of posts against the platform's rules. Default 0%.
	Violating sim.Share `yaml:"violating"`
	// Borderline is the share of posts that are allowed and unwelcome. Default 0%.
	Borderline sim.Share `yaml:"borderline"`
	// RiskNoise is how far the platform's safety model strays from the truth: the
	// standard deviation of its log-odds, which are -4 for a harmless post, -1 for
	// a borderline one and 2 for one against the rules. Default 1, range 0 to 100.
	RiskNoise float64 `yaml:"risk_noise"`
}

// DefaultConfig returns the posts of the reels surface.
func DefaultConfig() Config {
	return Config{
		Topics: 16, Popularity: 0.4, Law: Sphere, Attributes: 16, Spread: 0.5, ContentNoise: 0.4,
		QualityNoise: 0.12, ClickbaitNoise: 0.1, RiskNoise: 1,
		Length: 20 * time.Second, LengthSigma: 0.6, Life: 2 * sim.Day,
		Ageing: Ageing{NewsHalfLife: 6 * time.Hour},
	}
}

// Validate returns everything that is wrong with c.
func (c Config) Validate() error {
	var v sim.Check
	v.That(c.Topics >= 2 && c.Topics <= 1000, "topics", c.Topics, "2 to 1000")
	v.That(c.Popularity >= 0 && c.Popularity <= 3, "popularity", c.Popularity, "0 to 3")
	c.validateLaw(&v)
	v.That(c.Spread >= 0 && c.Spread <= 10, "spread", c.Spread, "0 to 10")
	v.That(c.ContentNoise >= 0 && c.ContentNoise <= 10, "content_noise", c.ContentNoise, "0 to 10")
	v.That(c.QualityNoise >= 0 && c.QualityNoise <= 1, "quality_noise", c.QualityNoise, "0 to 1")
	v.That(c.ClickbaitNoise >= 0 && c.ClickbaitNoise <= 1, "clickbait_noise", c.ClickbaitNoise, "0 to 1")
	v.That(c.RiskNoise >= 0 && c.RiskNoise <= 100, "risk_noise", c.RiskNoise, "0 to 100")
	v.That(c.Length > 0, "length", c.Length, "a positive duration")
	v.That(c.LengthSigma >= 0 && c.LengthSigma <= 3, "length_sigma", c.LengthSigma, "0 to 3")
	v.That(c.Life >= time.Hour && c.Life <= 365*sim.Day, "life", c.Life, "1h to 365d")
	c.validateLanguages(&v)
	c.Ageing.validate(&v, c.Topics)
	v.That(c.Violating >= 0 && c.Violating <= 1, "violating", c.Violating, "a share from 0 to 100%")
	v.That(c.Borderline >= 0 && c.Violating+c.Borderline <= 1 || !(c.Violating <= 1), "borderline", c.Borderline, "a share, with violating at most 100%")
	return v.Err()
}

// HasTopic returns what is wrong with the field topic of something that names one.
func (c Config) HasTopic(k int) error {
	var v sim.Check
	v.That(k >= 0 && k < c.Topics, "topic", k, fmt.Sprintf("a topic of this world, 0 to %d", c.Topics-1))
	return v.Err()
}
