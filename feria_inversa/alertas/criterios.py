"""What one may ask of a process of the State, as terms and in words: of its call and of its result."""

from typing import Annotated, Any
from urllib.parse import urlencode

from pydantic import Field
from sqlalchemy import Row
from sqlmodel import Session

from alertas import Busqueda, Objeto
from empresa_digital.registro import nombres_de_actividades
from feria_inversa.plan import CriteriosDePlanes, criterios_en_palabras, palabras_de_alerta
from feria_inversa.procesos import Filtro
from feria_inversa.reglas import CATEGORIAS
from nucleo.lectores import para_buscar
from nucleo.textos import gettext as _


class Criterios(CriteriosDePlanes):
    """Those of what is planned, and `rubro`, a division of CIIU: what its units usually provide."""

    rubro: Annotated[str, Field(pattern="^[0-9]{2}$")] | None = None


def criterios_de(filtro: Filtro, rubro: str | None = None) -> Criterios:
    """Those of the list that one is looking at; a category that is none asks for nothing."""
    return Criterios(
        q=para_buscar(filtro.q),
        departamento=filtro.departamento,
        categoria=filtro.categoria if filtro.categoria in CATEGORIAS else None,
        modalidad=filtro.modalidad,
        familia=filtro.familia,
        rubro=rubro,
        entidad=filtro.unidad_id,
    )


def busqueda(sesion: Session, criterios: Criterios) -> Busqueda:
    """Words first, the longest before; then what few calls have in common."""
    pedidos = {
        "e": criterios.entidad,
        "f": criterios.familia,
        "r": criterios.rubro,
        "m": criterios.modalidad,
        "d": criterios.departamento,
        "c": criterios.categoria,
    }
    return Busqueda(
        palabras_de_alerta(sesion, criterios.q)
        + [f"{que}:{valor}" for que, valor in pedidos.items() if valor]
    )


COLUMNAS = """
    tsvector_to_array(c.busqueda) AS lexemas, substr(c.municipio_ine, 1, 2) AS departamento, c.categoria,
    c.unidad_id, c.reglas ->> 'codigo' AS modalidad,
    ARRAY(SELECT DISTINCT left(i.unspsc, 4) FROM feria_item i
          WHERE i.convocatoria_id = c.id AND i.unspsc IS NOT NULL AND i.estado = ANY (:estados)) AS familias,
    ARRAY(SELECT DISTINCT r.division FROM feria_item i JOIN feria_rubro r ON r.segmento = left(i.unspsc, 2)
          WHERE i.convocatoria_id = c.id AND i.estado = ANY (:estados)) AS rubros
"""
"""What a process has; of what it asks for, the items in some states."""


def objeto(fila: Row[Any]) -> Objeto:
    terminos = [f"p:{lexema}" for lexema in fila.lexemas]
    terminos += [f"f:{familia}" for familia in fila.familias] + [f"r:{rubro}" for rubro in fila.rubros]
    terminos += [
        f"d:{fila.departamento}",
        f"c:{fila.categoria}",
        f"e:{fila.unidad_id}",
        f"m:{fila.modalidad}",
    ]
    return Objeto(terminos)


def en_palabras(sesion: Session, criterios: Criterios, todo: str) -> str:
    partes = criterios_en_palabras(sesion, criterios)
    if criterios.rubro is not None:
        rubro = nombres_de_actividades(sesion, [criterios.rubro]).get(criterios.rubro, criterios.rubro)
        partes.append(_("lo del rubro «%(rubro)s»") % {"rubro": rubro})
    return ", ".join(partes) or todo


def volver(criterios: Criterios, ver: str = "") -> str:
    pedidos = criterios.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return "/feria?" + urlencode(pedidos | ({"ver": ver} if ver else {}))
