"""Reverse fair: more units of measure, those of medicines and of how things come packed.

Going back is refused while an item is measured in one of them: nothing of before is the same.
"""

from alembic import op

revision = "0150_mas_unidades_de_medida"
down_revision = "0149_integrar_a_medida"
branch_labels = None
depends_on = None

ANTES = """
    'unidad', 'pieza', 'equipo', 'juego', 'kit', 'par', 'docena', 'ciento', 'millar', 'caja', 'paquete',
    'bolsa', 'saco', 'bidon', 'balde', 'tambor', 'botella', 'frasco', 'bote', 'tubo', 'rollo', 'sobre',
    'barra', 'plancha', 'hoja', 'talonario', 'ejemplar', 'comprimido', 'capsula', 'ampolla', 'jarabe',
    'solucion', 'prueba', 'dosis', 'plantin', 'racion', 'kilogramo', 'gramo', 'libra', 'quintal',
    'arroba', 'tonelada', 'litro', 'mililitro', 'galon', 'metro', 'metro_cuadrado', 'metro_cubico',
    'hora', 'jornada', 'dia', 'mes', 'viaje', 'servicio', 'global'
"""
AHORA = """
    'unidad', 'pieza', 'equipo', 'juego', 'kit', 'par', 'docena', 'ciento', 'millar', 'caja', 'paquete',
    'bolsa', 'saco', 'bidon', 'balde', 'tambor', 'botella', 'frasco', 'bote', 'tubo', 'pomo', 'tarro',
    'tacho', 'envase', 'botellon', 'cilindro', 'tanque', 'recarga', 'cartucho', 'jaba', 'bandeja',
    'maple', 'mazo', 'lote', 'balon', 'rack', 'blister', 'casete', 'fardo', 'conjunto', 'bobina',
    'carrete', 'rollo', 'sobre', 'sachet', 'tira', 'barra', 'plancha', 'hoja', 'resma', 'taco',
    'talonario', 'ejemplar', 'comprimido', 'capsula', 'comprimido_o_capsula', 'perla',
    'capsula_o_perla', 'ovulo', 'supositorio', 'ampolla', 'infusor', 'frasco_ampolla', 'vial',
    'jeringa', 'jarabe', 'suspension', 'emulsion', 'solucion', 'solucion_oral', 'sol_oftalmica',
    'solucion_topica', 'sol_parenteral', 'sol_gran_volumen', 'gotas', 'crema', 'crema_o_pomada',
    'pomada', 'unguento', 'locion', 'gas', 'gel', 'aerosol', 'polvo', 'prueba', 'dosis', 'plantin',
    'prenda', 'implante', 'ciclo', 'cabeza', 'racion', 'kilogramo', 'gramo', 'libra', 'quintal',
    'arroba', 'tonelada', 'litro', 'mililitro', 'galon', 'metro', 'metro_cuadrado', 'metro_cubico',
    'hora', 'jornada', 'dia', 'mes', 'viaje', 'servicio', 'punto', 'obra', 'global'
"""


def upgrade() -> None:
    _solo(AHORA)


def downgrade() -> None:
    _solo(ANTES)


def _solo(unidades: str) -> None:
    op.execute("ALTER TABLE feria_item DROP CONSTRAINT ck_feria_item_unidad_medida")
    op.execute(
        "ALTER TABLE feria_item ADD CONSTRAINT ck_feria_item_unidad_medida "
        f"CHECK (unidad_medida IN ({unidades}))"
    )
