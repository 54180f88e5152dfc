"""The mandates as a section of the record of a unit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, select

from empresa_digital.registro.asientos import Operacion, instante_o_nada, iso, iso_o_nada, texto_o_nada
from empresa_digital.registro.mandatos.limites import limites_de
from empresa_digital.registro.mandatos.modelos import Mandato
from empresa_digital.registro.mandatos.tipos import Facultad
from empresa_digital.registro.unidades import Apartado, Seccion, agregar_apartado
from nucleo.dinero import a_centavos, de_centavos


def _aplicar(mandatos: Seccion, operacion: Operacion, datos: dict[str, Any], instante: str) -> None:
    if operacion == Operacion.OTORGAR_MANDATO:
        mandato = {clave: valor for clave, valor in datos.items() if clave != "mandato"}
        mandatos[datos["mandato"]] = {
            **_NO_DECIAN,
            **(mandato if "aceptado_en" in mandato else _de_antes(mandato, instante)),
            "creado_en": instante,
            "revocado_en": None,
            "revocado_motivo": None,
        }
    elif operacion == Operacion.ACEPTAR_MANDATO:
        mandatos[datos["mandato"]].update(aceptado_en=instante, apoderado_persona=datos["apoderado_persona"])
    else:
        mandatos[datos["mandato"]].update(revocado_en=datos["revocado_en"], revocado_motivo=datos["motivo"])


_NO_DECIAN: dict[str, Any] = {
    "limite_dia": None,
    "limite_mes": None,
    "apoderado_cedula": None,
    "ofrecido_hasta": None,
    "otorgado_por": [],
}
"""What entries did not say before it existed."""


def _de_antes(mandato: dict[str, Any], instante: str) -> dict[str, Any]:
    """A grant of before acceptances and of before `CONSULTAR` and `BUZON`, as the revision
    0023_facultades reads it: accepted at once; who had more than dispatching saw the unit and its mailbox.
    """
    facultades = list(mandato["facultades"])
    if Facultad.ADMINISTRAR not in facultades and facultades != [Facultad.DESPACHAR]:
        facultades += [Facultad.CONSULTAR.value, Facultad.BUZON.value]
    return {**mandato, "facultades": facultades, "aceptado_en": instante}


def _leer(sesion: Session, unidades: list[UUID]) -> Iterator[tuple[UUID, str, dict[str, Any]]]:
    for mandato in sesion.exec(select(Mandato).where(col(Mandato.unidad_id).in_(unidades))):
        yield mandato.unidad_id, str(mandato.id), _como_datos(mandato)


def _como_datos(mandato: Mandato) -> dict[str, Any]:
    return {
        "apoderado_persona": texto_o_nada(mandato.apoderado_persona_id),
        "apoderado_unidad": texto_o_nada(mandato.apoderado_unidad_id),
        "facultades": list(mandato.facultades),
        **{n: None if limite is None else a_centavos(limite) for n, limite in limites_de(mandato).items()},
        "valido_desde": iso(mandato.valido_desde),
        "valido_hasta": iso_o_nada(mandato.valido_hasta),
        "firmas_requeridas": mandato.firmas_requeridas,
        "grupo_firma": texto_o_nada(mandato.grupo_firma),
        "subdelegable": mandato.subdelegable,
        "delegado_de": texto_o_nada(mandato.delegado_de),
        "apoderado_cedula": mandato.apoderado_cedula,
        "ofrecido_hasta": iso_o_nada(mandato.ofrecido_hasta),
        "otorgado_por": [str(m) for m in mandato.otorgado_por],
        "documento": mandato.documento,
        "creado_en": iso(mandato.creado_en),
        "aceptado_en": iso_o_nada(mandato.aceptado_en),
        "revocado_en": iso_o_nada(mandato.revocado_en),
        "revocado_motivo": mandato.revocado_motivo,
    }


def _dinero(centavos: int | None) -> Money | None:
    return None if centavos is None else de_centavos(centavos)


def _guardar(sesion: Session, unidad_id: UUID, seccion: Seccion) -> None:
    actuales = {str(f.id): f for f in sesion.exec(select(Mandato).where(Mandato.unidad_id == unidad_id))}
    for clave, datos in seccion.items():
        fila = actuales.get(clave)
        if fila is None:
            fila = Mandato(
                id=UUID(clave),
                unidad_id=unidad_id,
                apoderado_persona_id=datos["apoderado_persona"] and UUID(datos["apoderado_persona"]),
                apoderado_unidad_id=datos["apoderado_unidad"] and UUID(datos["apoderado_unidad"]),
                facultades=datos["facultades"],
                monto_limite=_dinero(datos["monto_limite"]),
                limite_dia=_dinero(datos["limite_dia"]),
                limite_mes=_dinero(datos["limite_mes"]),
                valido_desde=datetime.fromisoformat(datos["valido_desde"]),
                valido_hasta=instante_o_nada(datos["valido_hasta"]),
                firmas_requeridas=datos["firmas_requeridas"],
                grupo_firma=datos["grupo_firma"] and UUID(datos["grupo_firma"]),
                subdelegable=datos["subdelegable"],
                delegado_de=datos["delegado_de"] and UUID(datos["delegado_de"]),
                apoderado_cedula=datos["apoderado_cedula"],
                ofrecido_hasta=instante_o_nada(datos["ofrecido_hasta"]),
                otorgado_por=[UUID(m) for m in datos["otorgado_por"]],
                documento=datos["documento"],
                creado_en=datetime.fromisoformat(datos["creado_en"]),
                aceptado_en=instante_o_nada(datos["aceptado_en"]),
            )
        if fila.aceptado_en is None and datos["aceptado_en"] is not None:
            fila.aceptado_en = datetime.fromisoformat(datos["aceptado_en"])
            fila.apoderado_persona_id = datos["apoderado_persona"] and UUID(datos["apoderado_persona"])
        if datos["revocado_en"] != iso_o_nada(fila.revocado_en):
            fila.revocado_en = datetime.fromisoformat(datos["revocado_en"])
            fila.revocado_motivo = datos["revocado_motivo"]
        sesion.add(fila)


agregar_apartado(
    Apartado(
        nombre="mandatos",
        operaciones=frozenset(
            {Operacion.OTORGAR_MANDATO, Operacion.ACEPTAR_MANDATO, Operacion.REVOCAR_MANDATO}
        ),
        aplicar=_aplicar,
        leer=_leer,
        guardar=_guardar,
    )
)
