-- Words that shoppers wrote and no title has.
INSERT INTO comercio_sinonimo (dicho, equivale) VALUES
    ('ajos', 'ajo'),
    ('ajsu', 'axsu'),
    ('allpaqa', 'alpaca'),
    ('aqsu', 'axsu'),
    ('bastilla', 'ruedo'),
    ('bastillar', 'ruedo'),
    ('chompita', 'chompa'),
    ('gigantografia', 'banner'),
    ('jasaye', 'canasta'),
    ('masetero', 'maceta'),
    ('macetero', 'maceta'),
    ('muti', 'mote'),
    ('plato', 'platos'),
    ('propolis', 'propoleo'),
    ('protector de labios', 'balsamo labial'),
    ('protector labial', 'balsamo labial'),
    ('usuta', 'abarca'),
    ('usutas', 'abarca'),
    ('wawa', 'infantil')
ON CONFLICT DO NOTHING;
