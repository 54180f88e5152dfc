"""What a program may be allowed to do for its unit: the one table of scopes.

The page that connects a program, `/docs` and `/oauth/token` all read it; a test says that each one opens some
route, and that no route names another.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from nucleo.textos import perezoso as _l


@dataclass(frozen=True, slots=True)
class Alcance:
    """`puede`: in words, as whoever connects a program reads it. `compromete`: by it a program spends the
    unit's money, or promises it."""

    nombre: str
    puede: str
    compromete: bool = False


ALCANCES: Mapping[str, Alcance] = {
    "productos": Alcance(_l("Productos"), _l("Publicar y editar productos de la unidad")),
    "pedidos": Alcance(_l("Pedidos"), _l("Leer y atender los pedidos de la unidad")),
    "envios": Alcance(_l("Envíos"), _l("Admitir, mover y entregar envíos")),
    "pagos": Alcance(_l("Pagos"), _l("Leer cuentas y mover dinero de la unidad"), compromete=True),
    "cobros": Alcance(_l("Cobros"), _l("Emitir y seguir las órdenes de cobro de la unidad")),
    "convocatorias": Alcance(
        _l("Convocatorias"),
        _l("Hacer el plan anual, publicar convocatorias y ofertar por la unidad"),
        compromete=True,
    ),
    "buzon": Alcance(_l("Buzón"), _l("Leer las notificaciones de la unidad")),
}
