"""Looking: at a process of here, after each release of it; at an entity with all that the market knows of it;
at all records together, for what only shows among many.

Only what is public is looked at: compiled records, the market, and what the registry shows to everybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from empresa_digital.registro import unidades_por_numero
from feria_inversa.banderas import cardinal, propias
from feria_inversa.banderas.bloqueos import entidad_si_libre, todos_si_libre, uno_por_proceso
from feria_inversa.banderas.definiciones import EDICION, Ambito
from feria_inversa.banderas.escribir import Senial, escribir, previas
from feria_inversa.banderas.grupos import NUESTRO, Banderas, Muestras, Razon
from feria_inversa.banderas.juicio import Bandera, Juicio, NoSeSabe
from feria_inversa.banderas.modelos import BanderaVista, EntidadMirada, ProcesoMirado
from feria_inversa.banderas.montos import Visto, escalon, fraccionados, sin_convocatoria
from feria_inversa.banderas.propias import Contacto
from feria_inversa.banderas.registro import Registro, de, filas
from feria_inversa.banderas.topes import DE_LA_GENERAL, Limites, limites
from feria_inversa.datos_abiertos import leer
from feria_inversa.datos_abiertos.modelos import CompiladoOcds
from feria_inversa.panorama import Etapa, llevar_proceso
from feria_inversa.panorama.modelos import ProcesoDelMercado
from nucleo.reloj import ahora_bd, fecha_bolivia

DE_UNO = ("R003", "R018", "R028", "R030", "R035", "R036", "Q01", "Q02", "Q03", "Q04")
DE_MONTOS = ("Q05", "Q06")
DE_TODOS = ("R024", "R025", "R038", "R048", "R058", "Q07")


def juicios_de(sesion: Session, proceso: ProcesoDelMercado, registro: Registro) -> dict[str, Juicio]:
    """What may be said of a process of here by itself, and what cannot."""
    minimo = None
    if proceso.modalidad and proceso.publicado and proceso.normativa == DE_LA_GENERAL:
        minimo = limites(sesion).minimo(proceso.modalidad, proceso.publicado)
    return {
        "R003": _plazo(proceso, minimo),
        "R018": cardinal.r018(registro),
        "R028": cardinal.r028(registro),
        "R030": cardinal.r030(registro),
        "R035": cardinal.r035(registro),
        "R036": cardinal.r036(registro),
        "Q01": propias.gano_al_final(registro),
        "Q02": propias.pago_lento(registro),
        "Q03": propias.recibido_antes(registro),
        "Q04": propias.mismo_contacto(_contactos(sesion, registro)),
    }


def _plazo(proceso: ProcesoDelMercado, minimo: int | None) -> Juicio:
    if proceso.etapa == Etapa.SIN_EFECTO or (proceso.cuce or "").endswith("0-E"):
        return None
    return propias.plazo_corto(proceso.publicado, proceso.presentacion, minimo)


def _contactos(sesion: Session, registro: Registro) -> Mapping[str, Contacto]:
    """What the registry shows of each bidder, by its id in the record."""
    numeros = {
        parte["id"]: _numero(parte)
        for parte in filas(registro, "parties")
        if "tenderer" in (parte.get("roles") or ()) and isinstance(parte.get("id"), str)
    }
    unidades = unidades_por_numero(sesion, [n for n in numeros.values() if n])
    return {
        id_: Contacto(
            unidad.direccion or "", unidad.telefono or "", unidad.correo or "", unidad.municipio_ine or ""
        )
        for id_, numero in numeros.items()
        if numero and (unidad := unidades.get(numero))
    }


def _numero(parte: Mapping[str, Any]) -> str | None:
    """Its number in the registry."""
    todos = [de(parte, "identifier"), *filas(parte, "additionalIdentifiers")]
    return next((str(de(uno, "id")) for uno in todos if de(uno, "scheme") == "BO-QHATU"), None)


def nombres_de(registro: Registro) -> dict[str, str]:
    return {str(parte.get("id")): str(parte.get("name", "")) for parte in filas(registro, "parties")}


def mirar_proceso(sesion: Session, convocatoria_id: UUID) -> int:
    """Leave its flags as its record says now; how many changed."""
    uno_por_proceso(sesion, convocatoria_id)
    llevar_proceso(sesion, convocatoria_id)
    proceso = sesion.exec(
        select(ProcesoDelMercado).where(ProcesoDelMercado.convocatoria_id == convocatoria_id),
        execution_options={"populate_existing": True},
    ).one()
    compilado = sesion.get_one(CompiladoOcds, convocatoria_id, populate_existing=True)
    registro = leer(compilado.contenido)
    nombres = nombres_de(registro)
    vistas = [
        Senial(
            codigo,
            juicio,
            proceso.dia,
            proceso_id=proceso.id,
            entidad_codigo=proceso.entidad_codigo,
            nombres=nombres,
        )
        for codigo, juicio in juicios_de(sesion, proceso, registro).items()
        if isinstance(juicio, Bandera)
    ]
    cambios = escribir(sesion, previas(sesion, DE_UNO, BanderaVista.proceso_id == proceso.id), vistas)
    mirado = sesion.get(ProcesoMirado, convocatoria_id, populate_existing=True)
    if mirado is None:
        mirado = ProcesoMirado(convocatoria_id=convocatoria_id, secuencia=0, definiciones="")
    mirado.secuencia, mirado.definiciones = compilado.secuencia, EDICION
    sesion.add(mirado)
    sesion.flush()
    return cambios


_DE_LA_ENTIDAD = (
    ProcesoDelMercado.id,
    ProcesoDelMercado.convocatoria_id,
    ProcesoDelMercado.cuce,
    ProcesoDelMercado.etapa,
    ProcesoDelMercado.entidad,
    ProcesoDelMercado.modalidad,
    ProcesoDelMercado.normativa,
    ProcesoDelMercado.familias,
    ProcesoDelMercado.objeto,
    ProcesoDelMercado.publicado,
    ProcesoDelMercado.presentacion,
    ProcesoDelMercado.dia,
    ProcesoDelMercado.total_referencial,
    ProcesoDelMercado.fallas,
)


def mirar_entidad(sesion: Session, codigo: str, rigen: Limites) -> int | None:
    """Leave the flags of its amounts and terms as the market says now; None when another does it."""
    if not entidad_si_libre(sesion, codigo):
        return None
    consulta = select(*_DE_LA_ENTIDAD).where(  # type: ignore[call-overload]
        ProcesoDelMercado.entidad_codigo == codigo,
        col(ProcesoDelMercado.etapa).not_in([Etapa.PROGRAMADO, Etapa.SIN_EFECTO]),
    )
    todos = sesion.execute(consulta.order_by(col(ProcesoDelMercado.id))).all()
    ultimos = _ultimos_llamados(todos)
    vistos = [visto for fila in ultimos if (visto := _visto(fila))]
    comprados = [visto for fila in ultimos if fila.etapa != Etapa.DESIERTO and (visto := _visto(fila))]
    dias = {fila.id: fila.dia for fila in todos}
    por_codigo: dict[str, dict[int, Bandera]] = {
        "Q05": escalon(vistos, rigen.tope),
        "Q06": fraccionados(comprados, rigen.tope),
        "R003": {},
    }
    for fila in todos:
        if fila.convocatoria_id is None and isinstance(corto := _plazo_de_la_historia(fila, rigen), Bandera):
            por_codigo["R003"][fila.id] = corto
    vistas = [
        Senial(cual, bandera, dias[id_], proceso_id=id_, entidad_codigo=codigo)
        for cual, suyas in por_codigo.items()
        for id_, bandera in suyas.items()
    ]
    suyas = BanderaVista.entidad_codigo == codigo
    eran = [
        *previas(sesion, DE_MONTOS, suyas),
        # Of a process of here, its own look lifts it; of one of the history, also when it was annulled.
        *previas(sesion, ("R003",), suyas, col(BanderaVista.proceso_id).in_(_de_la_historia(codigo))),
    ]
    cambios = escribir(sesion, eran, vistas)
    _contar(sesion, codigo, todos)
    return cambios


def _de_la_historia(codigo: str) -> Any:
    return select(ProcesoDelMercado.id).where(
        ProcesoDelMercado.entidad_codigo == codigo, col(ProcesoDelMercado.convocatoria_id).is_(None)
    )


def _ultimos_llamados(todos: Sequence[Any]) -> list[Any]:
    """Of a need that was called again (another call or publication of its CUCE), the last one: it is one."""
    ultimos = {fila.cuce.rsplit("-", 2)[0]: fila for fila in sorted(todos, key=lambda f: (f.dia, f.id))}
    return list(ultimos.values())


def _visto(fila: Any) -> Visto | None:
    """None where the amount, the day or the modality is not known, or the norm has other ceilings."""
    if fila.normativa != DE_LA_GENERAL or not fila.modalidad or not fila.publicado:
        return None
    if fila.total_referencial is None or "sin_referencia" in fila.fallas:
        return None
    que = ",".join(fila.familias) or " ".join((fila.objeto or "").casefold().split())
    monto = int(fila.total_referencial.amount * 100)
    return Visto(fila.id, fila.modalidad, que, fila.publicado, monto)


def _plazo_de_la_historia(fila: Any, rigen: Limites) -> Juicio:
    if fila.normativa != DE_LA_GENERAL or not fila.modalidad or not fila.publicado or fila.fallas:
        return NoSeSabe("plazo_minimo")
    if fila.cuce.endswith("0-E"):
        return None
    minimo = rigen.minimo(fila.modalidad, fila.publicado)
    return propias.plazo_corto(fila.publicado, fila.presentacion, minimo)


def _contar(sesion: Session, codigo: str, todos: Any) -> None:
    mirada = sesion.get(EntidadMirada, codigo) or EntidadMirada(
        entidad_codigo=codigo, nombre="", procesos=0, sin_convocatoria=0
    )
    mirada.nombre = next((fila.entidad for fila in reversed(todos) if fila.entidad), codigo)[:300]
    mirada.procesos = len(todos)
    mirada.sin_convocatoria = sum((fila.cuce or "").endswith("0-E") for fila in todos)
    mirada.mirada_en = ahora_bd(sesion)
    sesion.add(mirada)
    sesion.flush()


_COMPILADOS = text(
    "SELECT m.id, m.dia, m.entidad_codigo, m.entidad, k.contenido FROM feria_ocds_compilado k"
    " JOIN feria_mercado_proceso m USING (convocatoria_id) ORDER BY m.id"
)


def mirar_todos(sesion: Session) -> int | None:
    """Leave what only shows among many as all the records say now; None when another does it."""
    if not todos_si_libre(sesion):
        return None
    muestras = Muestras()
    nombres: dict[str, str] = {}
    procesos: dict[str, tuple[date, str | None]] = {}
    compradores: dict[str, tuple[str, str]] = {}
    leidos = sesion.connection().execute(_COMPILADOS, execution_options={"yield_per": 200})
    for id_, dia, entidad_codigo, entidad, contenido in leidos:
        registro = leer(contenido)
        muestras.sumar(str(id_), registro)
        if str(id_) in muestras.diferencias:
            procesos[str(id_)] = dia, entidad_codigo
        nombres |= nombres_de(registro)
        if isinstance(comprador := de(registro, "buyer", "id"), str) and entidad_codigo:
            compradores[comprador] = entidad_codigo, entidad or entidad_codigo
    hoy = fecha_bolivia(ahora_bd(sesion))
    vistas = [
        Senial(
            codigo,
            bandera,
            procesos[id_][0],
            proceso_id=int(id_),
            entidad_codigo=procesos[id_][1],
            nombres=nombres,
        )
        for codigo, suyas in (("R024", muestras.r024(NUESTRO)), ("R058", muestras.r058(NUESTRO)))
        for id_, bandera in _dichas(suyas).items()
    ]
    for codigo, suyas in (
        ("R025", muestras.r025(NUESTRO)),
        ("R038", muestras.r038(muestras.por_oferente, NUESTRO)),
        ("R048", muestras.r048(NUESTRO)),
    ):
        vistas += [
            Senial(
                codigo, bandera, hoy, quien=id_, nombre=nombres.get(id_, id_)[:300], sobre=Ambito.PROVEEDOR
            )
            for id_, bandera in _dichas(suyas).items()
        ]
    for id_, bandera in _dichas(muestras.r038(muestras.por_comprador, NUESTRO)).items():
        if id_ in compradores:
            vistas.append(_de_entidad("R038", bandera, *compradores[id_], hoy))
    vistas += _sin_convocatoria(sesion, hoy)
    return escribir(sesion, previas(sesion, DE_TODOS), _con_su_dia(sesion, vistas))


def _sin_convocatoria(sesion: Session, hoy: date) -> list[Senial]:
    entidades = {fila.entidad_codigo: fila for fila in sesion.exec(select(EntidadMirada))}
    razones = {
        codigo: Razon(fila.sin_convocatoria, fila.procesos)
        for codigo, fila in entidades.items()
        if fila.procesos
    }
    return [
        _de_entidad("Q07", bandera, codigo, entidades[codigo].nombre, hoy)
        for codigo, bandera in _dichas(sin_convocatoria(razones, NUESTRO)).items()
    ]


def _de_entidad(codigo: str, bandera: Bandera, entidad: str, nombre: str, dia: date) -> Senial:
    return Senial(
        codigo, bandera, dia, quien=entidad, nombre=nombre, entidad_codigo=entidad, sobre=Ambito.ENTIDAD
    )


def _con_su_dia(sesion: Session, vistas: list[Senial]) -> list[Senial]:
    """A flag of an entity or a supplier is of the day on which it was first seen: it is not new each hour."""
    dias = {
        (fila.codigo, fila.proceso_id, fila.quien): fila.dia
        for fila in previas(sesion, DE_TODOS, col(BanderaVista.quien).is_not(None))
    }
    return [replace(una, dia=dias.get(una.clave, una.dia)) for una in vistas]


def _dichas(banderas: Banderas | NoSeSabe) -> Banderas:
    return {} if isinstance(banderas, NoSeSabe) else banderas
