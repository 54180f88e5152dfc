"""The charts of the service levels, each with its figures in a table beside."""

from collections.abc import Sequence

from markupsafe import Markup

from envios.niveles.medir import Etapa, Medicion, Medida, Por
from nucleo.graficos import barras, linea
from nucleo.textos import gettext as _

Tabla = tuple[Por, Medicion, list[tuple[str, Medida]]]


def graficos(tablas: Sequence[Tabla], todo: Medida | None) -> list[Markup]:
    """On time by operator and by month; days of each stage, of all together."""
    hechos: list[Markup] = []
    for por, _medicion, filas in tablas:
        puntos = [(nombre, m.puntualidad) for nombre, m in filas if m.puntualidad is not None]
        if por is Por.OPERADOR:
            hechos.append(barras(_("Entregados a tiempo, por operador"), puntos, _("% de los prometidos")))
        if por is Por.MES:
            titulo = _("Entregados a tiempo, por mes en que se recibieron")
            hechos.append(linea(titulo, puntos, _("% de los prometidos")))
    if todo is not None:
        dias = [(e.texto, todo.etapas[e].mediana) for e in Etapa if e in todo.etapas]
        cortos = [(str(n), valor) for n, (_e, valor) in enumerate(dias, 1)]
        titulo = _("Días de cada etapa, la mitad de los envíos o menos")
        if cortos:
            pie = "; ".join(f"{n}: {texto.lower()}" for n, (texto, _v) in enumerate(dias, 1))
            hechos.append(barras(titulo, cortos, _("días")) + Markup('<p class="suave">{}.</p>').format(pie))
    return hechos
