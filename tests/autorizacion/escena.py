"""Who asks: people with every kind of mandate, machines, and what their things are called.

The right callers own private things named with `MARCA`: neither that nor their balances may appear in what
anybody else reads.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.autorizacion.filas import Fila
from tests.ayudas.personas import abonar, nueva_persona, nueva_unidad, nuevo_actor, nuevo_token

MARCA = "Zafiro"
SIN_DECIR = "PAGAR"
"""What the person of the column «sin facultad» lacks in rows about a person's own things."""
CASOS = (
    "nadie",
    "otro_dueno",
    "otra_unidad",
    "sin_facultad",
    "maquina_ajena",
    "maquina_sin_alcance",
    "maquina",
    "derecho",
)

_POR_CASO = {
    "otro_dueno": "jorge",
    "otra_unidad": "rosa",
    "maquina_ajena": "maquina rival_tienda",
}

_UNIDADES: dict[str, dict[str, Any]] = {
    "tienda": {
        "denominacion": "Tejidos de la matriz",
        "tipo": "COOPERATIVA",
        "habilitaciones": ["VENDEDOR", "PROVEEDOR_DEL_ESTADO", "RECEPTOR_DE_PAGOS"],
    },
    "alcaldia": {
        "denominacion": "Municipio de la matriz",
        "tipo": "ENTIDAD_PUBLICA",
        "habilitaciones": ["ENTIDAD_CONTRATANTE", "RECEPTOR_DE_PAGOS"],
        "identificadores": {"BO-CINS": "1101", "BO-NIT": "1000001"},
    },
    "taller": {"denominacion": "Taller de la matriz", "tipo": "COOPERATIVA", "habilitaciones": []},
    "correos": {
        "denominacion": "Correos de la matriz",
        "tipo": "OPERADOR_POSTAL",
        "habilitaciones": ["OPERADOR_POSTAL"],
        "actividad_ciiu": "5310",
    },
    "autoridad": {
        "denominacion": "Autoridad de la matriz",
        "tipo": "ENTIDAD_PUBLICA",
        "habilitaciones": ["AUTORIDAD_REGULADORA"],
    },
}
_REPRESENTANTES = {
    "tienda": "tomasa",
    "alcaldia": "alberto",
    "taller": "tomas",
    "correos": "corina",
    "autoridad": "rita",
}


@dataclass
class Escena:
    """The cast and the values that rows name. `valores`: also every person and unit, by name, is there."""

    personas: dict[str, Any] = field(default_factory=dict)
    unidades: dict[str, Any] = field(default_factory=dict)
    valores: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    galletas: dict[str, str] = field(default_factory=dict)
    de_antes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Token and cookie of each person, of a sign-in of three hours ago."""
    privado: set[str] = field(default_factory=lambda: {MARCA})
    administrar: Callable[[str], Any] = str
    """Runs SQL as whoever administers the database."""

    def actor(self, nombre: str) -> Any:
        return nuevo_actor(self.personas[nombre])

    def jefe(self, unidad: str) -> Any:
        """Who administers one of the first units."""
        return self.actor(_REPRESENTANTES[unidad])

    def quien(self, fila: Fila, caso: str) -> str | None:
        """The name of who asks in that column."""
        de = fila.quien
        if caso == "nadie":
            return None
        if caso == "derecho":
            return de.derecho or "jorge"
        if caso == "sin_facultad":
            return _sin(de.unidad, de.facultad or SIN_DECIR)
        if caso == "maquina":
            return f"maquina {de.unidad} {fila.alcance}"
        if caso == "maquina_sin_alcance":
            return f"maquina {de.unidad} sin {fila.alcance}"
        return _POR_CASO[caso]

    def credencial(self, nombre: str | None, *, api: bool, vieja: bool = False) -> dict[str, str]:
        if nombre is None:
            return {}
        if vieja:
            token, galleta = self.de_antes[nombre]
            return {"Authorization": f"Bearer {token}"} if api else {"Cookie": galleta}
        if api:
            return {"Authorization": f"Bearer {self.tokens[nombre]}"}
        return {"Cookie": self.galletas[nombre]}


def _sin(unidad: str, facultad: str) -> str:
    return f"{unidad} sin {facultad}"


def reparto() -> Escena:
    """Citizens, units with their people, and the rivals: units of the same kinds, held by one person who has
    every faculty there, REGULAR too."""
    e = Escena()
    for nombre in ("ana", "jorge", "luis", "marta", "beto", "rosa", "vecina", *_REPRESENTANTES.values()):
        e.personas[nombre] = nueva_persona(nombre.capitalize(), celular=f"7{len(e.personas):07}")
    todas = ["ADMINISTRAR", "REGULAR"]
    for clave, datos in _UNIDADES.items():
        suyas = None if clave != "autoridad" else [*todas, "VENDER"]
        jefe = e.personas[_REPRESENTANTES[clave]]
        mas = [(e.personas["beto"], ["PAGAR"])] if clave == "tienda" else []
        if clave == "autoridad":  # what two officials decide wants another
            mas = [(e.personas["beto"], ["REGULAR"])]
        e.unidades[clave] = nueva_unidad(representante=jefe, facultades=suyas, mandatos=mas, **datos)
        rival = datos | {"denominacion": f"Rival de {clave}", "identificadores": {}}
        if clave == "autoridad":
            rival["habilitaciones"] = []
        e.unidades[f"rival_{clave}"] = nueva_unidad(
            representante=e.personas["rosa"], facultades=todas, **rival
        )
    titulares = {**e.personas, **e.unidades}
    for n, (clave, titular) in enumerate(titulares.items(), 1):
        if clave == "taller":  # it may close: nothing of it lives
            continue
        e.valores[f"cuenta_{clave}"] = abonar(titular, f"{7000 + n * 13}.37")
    for clave, unidad in e.unidades.items():
        e.valores[f"unidad_{clave}"], e.valores[f"numero_{clave}"] = str(unidad.id), unidad.numero
    for nombre, persona in e.personas.items():
        e.valores[f"persona_{nombre}"], e.valores[f"ci_{nombre}"] = str(persona.id), persona.ci
        e.valores[f"celular_{nombre}"] = persona.celular
    return e


def es_del_reparto(unidad: str) -> bool:
    """Whether it is there from the beginning of the scene."""
    return unidad in _UNIDADES


def identificar(e: Escena, filas: Iterable[Fila]) -> None:
    """Whoever the rows need, at the right unit but without what it takes; a token and a session for each."""
    from ciudadania.alcances import ALCANCES
    from ciudadania.clientes import crear_cliente
    from ciudadania.sesiones import abrir_sesion, nombre_de_galleta
    from ciudadania.tokens import emitir_token
    from empresa_digital.registro import Facultad
    from nucleo.actor import Actor
    from nucleo.bd import transaccion

    filas = list(filas)
    for unidad, facultad in sorted({(f.quien.unidad, f.quien.facultad or SIN_DECIR) for f in filas}):
        persona = nueva_persona("Sin")
        e.personas[_sin(unidad, facultad)] = persona
        abonar(persona, "150.00")
        otras = [f.value for f in Facultad if f not in Facultad(facultad).otorgada_por]
        apoderar(e.unidades[unidad], otras, persona=persona)
    for nombre, persona in e.personas.items():
        e.tokens[nombre] = nuevo_token(persona)
        with transaccion() as sesion:
            e.galletas[nombre] = f"{nombre_de_galleta()}={abrir_sesion(sesion, persona, agente='matriz')}"
        e.de_antes[nombre] = _de_hace_tres_horas(persona)
    maquinas: dict[str, tuple[str, set[str]]] = {"maquina rival_tienda": ("rival_tienda", set(ALCANCES))}
    for fila in filas:
        if fila.alcance is None:
            maquinas[f"maquina {fila.quien.unidad} sin None"] = (fila.quien.unidad, set(ALCANCES))
            continue
        suyos = fila.alcance.split()
        sin = set(ALCANCES) - set(suyos[:1])
        maquinas[f"maquina {fila.quien.unidad} sin {fila.alcance}"] = (fila.quien.unidad, sin)
        maquinas[f"maquina {fila.quien.unidad} {fila.alcance}"] = (fila.quien.unidad, set(suyos))
    for nombre, (unidad, alcances) in maquinas.items():
        with transaccion() as sesion:
            suya = e.unidades[unidad].id
            quien = Actor.sistema("prueba")
            cliente, _secreto = crear_cliente(sesion, quien, nombre, unidad_id=suya, alcances=alcances)
            e.tokens[nombre] = emitir_token(sesion, cliente=cliente, alcances=alcances).token


def _de_hace_tres_horas(persona: Any) -> tuple[str, str]:
    """A token and a session in use, both of somebody who signed in then."""
    from datetime import timedelta

    from ciudadania.sesiones import abrir_sesion, nombre_de_galleta
    from ciudadania.tokens import emitir_token
    from nucleo import reloj
    from nucleo.bd import transaccion

    entonces = reloj.ahora() - timedelta(hours=3)
    with transaccion() as sesion:
        secreto = abrir_sesion(sesion, persona, autenticado_en=entonces, agente="matriz")
    try:
        reloj.fijar_desfase(timedelta(hours=-3))
        with transaccion() as sesion:
            token = emitir_token(sesion, persona_id=persona.id, duracion=timedelta(hours=9)).token
    finally:
        reloj.fijar_desfase(timedelta(0))
    return token, f"{nombre_de_galleta()}={secreto}"


def apoderar(unidad: Any, facultades: Iterable[str], *, persona: Any = None, **mas: Any) -> Any:
    """The id of a new mandate; more of `NuevoMandato` by keyword."""
    from empresa_digital.registro import Facultad, NuevoMandato
    from empresa_digital.registro.mandatos.otorgar import otorgar_con
    from empresa_digital.registro.unidades.bloqueos import bloquear_unidad
    from nucleo.actor import Actor, Autorizacion
    from nucleo.bd import transaccion

    quien = None if persona is None else persona.id
    nuevo = NuevoMandato(tuple(Facultad(f) for f in facultades), persona_id=quien, **mas)
    autorizacion = Autorizacion.propia(Actor.sistema("prueba"))
    with transaccion() as sesion:
        return otorgar_con(sesion, bloquear_unidad(sesion, unidad.id), autorizacion, nuevo).id
