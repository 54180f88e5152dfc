"""Demonstration people: plainly labelled, the same cards that the demonstration provider asserts."""

from dataclasses import dataclass

from sqlmodel import Session

from ciudadania import (
    AVISO_GENERAL,
    NivelIdentidad,
    Persona,
    PersonaNoEncontrada,
    buscar_persona_por_ci,
    emitir_token_demo,
    notificar,
    personas_en_lote,
    registrar_persona,
)
from nucleo.ids import id_demo
from nucleo.textos import gettext as _

ETIQUETA = "(demostración)"


@dataclass(frozen=True, slots=True)
class PersonaDemo:
    """Somebody to sign in as; `papel` says what there is to try as them."""

    clave: str
    nombres: str
    apellido: str
    ci: str
    papel: str
    complemento: str | None = None

    @property
    def nombre_completo(self) -> str:
        return f"{self.nombres} {self.apellido} {ETIQUETA}"

    @property
    def etiqueta(self) -> str:
        return ETIQUETA

    @property
    def sub(self) -> str:
        return str(id_demo(f"sub:{self.clave}"))

    @property
    def correo(self) -> str:
        return f"{self.clave}@example.test"

    @property
    def celular(self) -> str:
        return f"700{int(self.ci) % 100000:05d}"


PERSONAS: dict[str, PersonaDemo] = {
    p.clave: p
    for p in (
        PersonaDemo("ana", "Ana", "Prueba", "9000001", "Ciudadana: compra, paga y sigue sus envíos"),
        PersonaDemo("tejidos", "Teodora", "Prueba", "9000002", "Representa a una cooperativa de tejidos"),
        PersonaDemo("alcaldia", "Alberto", "Prueba", "9000003", "Contrataciones de un gobierno municipal"),
        PersonaDemo("correos", "Carla", "Prueba", "9000004", "Trabaja en el operador postal"),
        PersonaDemo("regulador", "Rosa", "Prueba", "9000005", "Autoridad del registro de unidades"),
        PersonaDemo("cafe", "Celia", "Prueba", "9000006", "Representa a productores de café", "1A"),
        PersonaDemo("madera", "Mario", "Prueba", "9000007", "Carpintero: vende muebles y oferta al Estado"),
        PersonaDemo("quinua", "Quintina", "Prueba", "9000008", "Representa a una asociación quinuera"),
        PersonaDemo("ferreteria", "Félix", "Prueba", "9000009", "Ferretería: oferta en la feria inversa"),
        PersonaDemo("papeleria", "Paula", "Prueba", "9000010", "Papelería: oferta en la feria inversa"),
        PersonaDemo("gobernacion", "Gonzalo", "Prueba", "9000011", "Contrataciones de una gobernación"),
        PersonaDemo("luis", "Luis", "Prueba", "9000012", "Ciudadano: compra desde otro departamento", "2B"),
        PersonaDemo("vocal", "Rebeca", "Prueba", "9000014", "Segunda firma de la autoridad del registro"),
        PersonaDemo("nueva", "Noemí", "Prueba", "9000013", "Ciudadana que ingresa por primera vez"),
    )
}
SIN_SEMBRAR = frozenset({"nueva"})


def sembrar(sesion: Session) -> None:
    """Create the demonstration people (idempotent) and a first message in Ana's mailbox."""
    creo_a_ana = False
    existen = personas_en_lote(sesion, (id_demo(f"persona:{clave}") for clave in PERSONAS))
    for persona in PERSONAS.values():
        if id_demo(f"persona:{persona.clave}") in existen or persona.clave in SIN_SEMBRAR:
            continue
        _crear(sesion, persona)
        creo_a_ana = creo_a_ana or persona.clave == "ana"
    if creo_a_ana:
        notificar(
            sesion,
            persona_id=id_demo("persona:ana"),
            asunto="Le damos la bienvenida a Qhatu (demostración)",
            cuerpo="Este es su buzón: aquí llegan los avisos de sus compras, envíos y trámites.\n"
            "Todo lo que ve es de demostración: ninguna persona ni pago es real.",
            enlace="/tienda",
            clase=AVISO_GENERAL,
        )


def _crear(sesion: Session, persona: PersonaDemo) -> Persona:
    return registrar_persona(
        sesion,
        id=id_demo(f"persona:{persona.clave}"),
        ci=persona.ci,
        complemento=persona.complemento,
        nombres=persona.nombres,
        primer_apellido=persona.apellido,
        segundo_apellido=ETIQUETA,
        celular=persona.celular,
        correo=persona.correo,
        nivel=NivelIdentidad.VERIFICADA,
    )


def token_de(sesion: Session, clave: str) -> str:
    """A bearer token for a demonstration person (`ana`, `tejidos`…).

    Who has never signed in becomes known now, as by the first sign-in. Raises `PersonaNoEncontrada`,
    `SoloDemostracion`.
    """
    persona = PERSONAS.get(clave)
    if persona is None:
        raise PersonaNoEncontrada(
            _("No existe la persona de demostración «%(clave)s»: elija entre %(claves)s.")
            % {"clave": clave, "claves": ", ".join(PERSONAS)}
        )
    fila = buscar_persona_por_ci(sesion, persona.ci, persona.complemento) or _crear(sesion, persona)
    return emitir_token_demo(sesion, fila.id)
