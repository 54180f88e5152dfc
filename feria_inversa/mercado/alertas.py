"""Alerts of the fair: a search of the State's needs, told when a call is published that answers it."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import text
from sqlmodel import Session, col, select

from alertas import Busqueda, Emparejador, Hallazgo, Objeto, emparejar, registrar_emparejador
from empresa_digital.registro import departamentos, unidades_en_lote
from feria_inversa.procesos import Filtro, abiertas_entre
from feria_inversa.procesos import eventos as eventos_de_procesos
from feria_inversa.reglas import CATEGORIAS
from feria_inversa.reglas.modelos import Modalidad
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.lectores import escrito, para_buscar
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

CODIGO = "feria.convocatorias"


class Criterios(BaseModel):
    """What one may ask of a new call: every word, a department, what is contracted, a modality."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[str, escrito(200)] = ""
    departamento: Annotated[str, Field(pattern=r"^0[1-9]$")] | None = None
    categoria: Literal["bienes", "servicios", "obras", "consultoria"] | None = None
    modalidad: Annotated[str, Field(pattern="^[A-Z0-9]{1,10}$")] | None = None


def criterios_de(filtro: Filtro) -> Criterios:
    """Those of the list that one is looking at; a category that is none asks for nothing."""
    categoria = filtro.categoria if filtro.categoria in CATEGORIAS else None
    return Criterios(
        q=para_buscar(filtro.q),
        departamento=filtro.departamento,
        categoria=categoria,
        modalidad=filtro.modalidad,
    )


_LEXEMAS = text("SELECT tsvector_to_array(to_tsvector('feria_es', :palabras))")


def _busqueda(sesion: Session, criterios: Criterios) -> Busqueda:
    """Words first, the longest before; then what few calls have in common."""
    lexemas = sesion.connection().execute(_LEXEMAS, {"palabras": criterios.q}).scalar_one()
    terminos = [f"p:{lexema}" for lexema in sorted(lexemas, key=lambda lexema: (-len(lexema), lexema))[:15]]
    if criterios.modalidad:
        terminos.append(f"m:{criterios.modalidad}")
    if criterios.departamento:
        terminos.append(f"d:{criterios.departamento}")
    if criterios.categoria:
        terminos.append(f"c:{criterios.categoria}")
    return Busqueda(terminos)


_OBJETO = text(
    """
    SELECT tsvector_to_array(busqueda) AS lexemas, substr(municipio_ine, 1, 2) AS departamento, categoria,
        modalidad_id
    FROM feria_convocatoria
    WHERE id = :id AND estado = 'publicado' AND vence_en > nucleo_ahora()
    """
)


@al_ocurrir(eventos_de_procesos.CONVOCATORIA_PUBLICADA, consumidor="feria.emparejar_alertas")
def emparejar_convocatoria(sesion: Session, evento: EventoRecibido) -> None:
    """Note it for every alert that it answers, if it still takes bids."""
    fila = sesion.connection().execute(_OBJETO, {"id": evento.objeto_id}).one_or_none()
    if fila is None:
        return
    terminos = [f"p:{lexema}" for lexema in fila.lexemas]
    terminos += [f"d:{fila.departamento}", f"c:{fila.categoria}"]
    if (modalidad := sesion.get(Modalidad, fila.modalidad_id)) is not None:
        terminos.append(f"m:{modalidad.codigo}")
    emparejar(sesion, CODIGO, evento.objeto_id, Objeto(terminos))


def _mostrar(sesion: Session, ids: Sequence[UUID]) -> Mapping[UUID, Hallazgo]:
    filas = abiertas_entre(sesion, ids)
    entidades = unidades_en_lote(sesion, [fila.unidad_id for fila in filas])
    return {
        fila.id: Hallazgo(
            fila.titulo,
            _("%(entidad)s recibe ofertas hasta el %(momento)s")
            % {"entidad": entidades[fila.unidad_id].nombre, "momento": filtro_fecha_hora(fila.vence_en)},
            f"/feria/{fila.id}",
        )
        for fila in filas
    }


def _en_palabras(sesion: Session, criterios: Criterios) -> str:
    partes = [f"«{criterios.q}»"] if criterios.q else []
    partes += [d.nombre for d in departamentos(sesion) if d.ine == criterios.departamento]
    if criterios.categoria is not None:
        partes.append(str(CATEGORIAS[criterios.categoria]))
    if criterios.modalidad is not None:
        consulta = select(Modalidad.nombre).where(Modalidad.codigo == criterios.modalidad)
        partes += sesion.exec(consulta.order_by(col(Modalidad.norma)).limit(1)).all()
    return ", ".join(partes) or _("Toda convocatoria nueva del Estado")


def _volver(criterios: Criterios) -> str:
    return "/feria?" + urlencode(criterios.model_dump(exclude_none=True, exclude_defaults=True))


registrar_emparejador(
    Emparejador(CODIGO, _l("Convocatorias nuevas"), Criterios, _busqueda, _en_palabras, _volver, _mostrar)
)
