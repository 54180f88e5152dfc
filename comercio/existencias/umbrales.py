"""What runs short: the thresholds of a seller, what is at or below them, and telling it once a crossing.

What counts is what could be sold, in all places. A variant without a threshold is short when there is none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from comercio.catalogo import VarianteNoEncontrada, en_palabras, quedan
from comercio.catalogo.modelos import Producto, Variante
from comercio.existencias.avisos import AVISO_EXISTENCIA
from comercio.existencias.bloqueos import bloquear_umbrales
from comercio.existencias.modelos import UmbralDeExistencia
from empresa_digital.registro import Facultad, exigir_facultad, notificar_unidad
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


@dataclass(frozen=True, slots=True)
class Existente:
    """A variant on sale: what of it could be sold, and from how little on its seller wants to know."""

    variante_id: UUID
    producto_id: UUID
    titulo: str
    sku: str
    unidad_medida: str
    disponible: Decimal
    umbral: Decimal | None

    @property
    def corta(self) -> bool:
        return self.disponible <= (self.umbral or 0)


_EXISTENTES = """
    SELECT v.id AS variante_id, p.id AS producto_id, p.titulo, v.atributos, v.sku, v.unidad_medida,
           coalesce(sum(e.existencia - e.reservado), 0) AS disponible, u.umbral
    FROM comercio_variante v JOIN comercio_producto p ON p.id = v.producto_id
    LEFT JOIN comercio_existencia e ON e.variante_id = v.id
    LEFT JOIN comercio_umbral_de_existencia u ON u.variante_id = v.id
    WHERE v.vendedor_id = :unidad AND v.estado = 'activa' AND p.estado = 'publicado'
      AND (p.titulo ILIKE :q OR v.sku ILIKE :q)
    GROUP BY v.id, p.id, u.variante_id
"""
_CORTAS = text(
    _EXISTENTES
    + """
    HAVING coalesce(sum(e.existencia - e.reservado), 0) <= coalesce(u.umbral, 0)
    ORDER BY coalesce(sum(e.existencia - e.reservado), 0), p.titulo, v.orden, v.id LIMIT :limite
    """
)
_TODAS = text(_EXISTENTES + " ORDER BY p.titulo, p.id, v.orden, v.id LIMIT :limite")
_DISPONIBLE = text(
    "SELECT coalesce(sum(existencia - reservado), 0) FROM comercio_existencia WHERE variante_id = :variante"
)


def cortas(sesion: Session, unidad_id: UUID, limite: int = 200) -> list[Existente]:
    """What is on sale and runs short, the least first."""
    return _leer(sesion, _CORTAS, unidad_id, limite)


def existentes(sesion: Session, unidad_id: UUID, q: str = "", limite: int = 200) -> list[Existente]:
    """What is on sale, by title; with these letters in its title or code."""
    return _leer(sesion, _TODAS, unidad_id, limite, q)


def _leer(
    sesion: Session, consulta: TextClause, unidad_id: UUID, limite: int, q: str = ""
) -> list[Existente]:
    letras = re.sub(r"([\\%_])", r"\\\1", q.replace("\0", ""))
    parametros = {"unidad": unidad_id, "limite": limite, "q": f"%{letras}%"}
    filas = sesion.connection().execute(consulta, parametros)
    return [
        Existente(
            f.variante_id,
            f.producto_id,
            f"{f.titulo} ({dice})" if (dice := en_palabras(f.atributos)) else f.titulo,
            f.sku,
            f.unidad_medida,
            f.disponible,
            f.umbral,
        )
        for f in filas
    ]


def fijar_umbrales(
    sesion: Session, actor: Actor, unidad_id: UUID, umbrales: Sequence[tuple[UUID, Decimal | None]]
) -> int:
    """Say of each variant from how little on to be told; None for nothing. How many changed.

    Raises `SinFacultad`, `VarianteNoEncontrada`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER)
    pedidos = dict(umbrales)
    suyas = select(Variante.id).where(
        col(Variante.id).in_(list(pedidos)), col(Variante.vendedor_id) == unidad_id
    )
    if set(sesion.exec(suyas)) != pedidos.keys():
        raise VarianteNoEncontrada()
    hay = bloquear_umbrales(sesion, pedidos)
    cambiados = {}
    for variante_id, umbral in sorted(pedidos.items()):
        fila = hay.get(variante_id)
        if umbral == (fila.umbral if fila else None):
            continue
        cambiados[str(variante_id)] = str(umbral)
        if umbral is None:
            sesion.delete(fila)
        elif fila is not None:
            fila.umbral, fila.avisado_en = umbral, None
        else:
            nuevo = insert(UmbralDeExistencia).values(variante_id=variante_id, umbral=umbral)
            puesto = {"umbral": umbral, "avisado_en": None}  # somebody else of the unit may have just put one
            sesion.exec(nuevo.on_conflict_do_update(index_elements=["variante_id"], set_=puesto))
    sesion.flush()
    if cambiados:
        auditar(sesion, autorizacion, "existencia.umbral", "registro_unidad", unidad_id, cambiados)
    return len(cambiados)


def avisar(sesion: Session, variante_id: UUID) -> bool:
    """Tell the seller that little is left, once; or note that there is more again. False when neither."""
    umbral = bloquear_umbrales(sesion, [variante_id]).get(variante_id)
    if umbral is None:
        return False
    hay = sesion.connection().execute(_DISPONIBLE, {"variante": variante_id}).scalar_one()
    if (hay <= umbral.umbral) == (umbral.avisado_en is not None):
        return False
    if hay > umbral.umbral:
        umbral.avisado_en = None
        sesion.flush()
        return True
    umbral.avisado_en = ahora_bd(sesion)
    variante = sesion.get_one(Variante, variante_id)
    producto = sesion.get_one(Producto, variante.producto_id)
    nombre = en_palabras(variante.atributos)
    partes = {"titulo": f"{producto.titulo} ({nombre})" if nombre else producto.titulo}
    partes["quedan"] = quedan(hay).capitalize()
    asunto = _("Se agotó «%(titulo)s»") if hay <= 0 else _("%(quedan)s de «%(titulo)s»")
    notificar_unidad(
        sesion,
        variante.vendedor_id,
        asunto % partes,
        _("Anote lo que llegó o lo que hizo, o póngalo en pausa."),
        f"/vender/productos/{producto.id}/variantes/{variante_id}",
        clase=AVISO_EXISTENCIA,
    )
    return True
